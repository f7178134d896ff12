"""preparing: what a source wrote becomes what a post of ours says, and what that cost is counted; nothing is stored here."""
