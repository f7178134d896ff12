// reading: a button that copies a listing, and one that plays a recording here. The page is complete without them.

const words = document.body.dataset;

function button(said, className, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = said;
  made.addEventListener("click", () => act(made));
  return made;
}

function offerToCopy(listing) {
  const frame = document.createElement("div");
  frame.className = "listing";
  listing.replaceWith(frame);
  frame.append(listing, button(words.copy, "copy", async (own) => {
    try {
      await navigator.clipboard.writeText((listing.querySelector("code") ?? listing).textContent);
      own.textContent = words.copied;
    } catch {
      own.textContent = words.refused;
    }
    setTimeout(() => { own.textContent = words.copy; }, 2000);
  }));
}

// Nothing is asked of another host before the reader presses the button.
function offerToPlay(figure) {
  const link = figure.querySelector("a");
  const source = figure.dataset.embed;
  if (!link || !source.startsWith("https://")) return;
  figure.append(button(words.play, "play", (own) => {
    const frame = document.createElement("iframe");
    frame.src = source;
    frame.title = link.textContent;
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    figure.prepend(frame);
    own.remove();
  }));
}

if (navigator.clipboard) document.querySelectorAll(".body pre").forEach(offerToCopy);
document.querySelectorAll('figure.embed[data-embed*="//www.youtube-nocookie.com/"], figure.embed[data-embed*="//player.vimeo.com/"]')
  .forEach(offerToPlay);
