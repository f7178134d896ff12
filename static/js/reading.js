// reading: a button that copies a listing. The page is complete without it.

function offerToCopy(listing) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    const text = (listing.querySelector("code") ?? listing).textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  const frame = document.createElement("div");
  frame.className = "listing";
  listing.replaceWith(frame);
  frame.append(listing, button);
}

if (navigator.clipboard) {
  document.querySelectorAll(".body pre").forEach(offerToCopy);
}
