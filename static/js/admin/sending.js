// sending: files go to the server two at a time, each telling how far it is; any of them can be broken off.
const AT_ONCE = 2;
const TRIES = 4; // where the server says that it is busy
const REST = 400; // milliseconds, longer each time
const waiting = [];
let going = 0;

/** Sends `file`; `told` has sending(share), preparing(), done(answer) and failed(sentence or ""). The answer breaks it off. */
export function send(url, file, token, told) {
  const task = { url, file, token, told, request: null, off: false, tries: 0 };
  waiting.push(task);
  next();
  return () => {
    task.off = true;
    const at = waiting.indexOf(task);
    if (at >= 0) waiting.splice(at, 1);
    if (task.request) task.request.abort();
  };
}

function next() {
  while (going < AT_ONCE && waiting.length) begin(waiting.shift());
}

function begin(task) {
  const { told } = task;
  const request = new XMLHttpRequest();
  const data = new FormData();
  data.append("image", task.file, task.file.name);
  data.append("csrfmiddlewaretoken", task.token());
  task.request = request;
  going += 1;
  request.open("POST", task.url);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) told.sending(event.loaded / event.total);
  });
  request.upload.addEventListener("load", () => told.preparing());
  request.addEventListener("loadend", () => {
    going -= 1;
    next();
    if (task.off) return;
    task.tries += 1;
    if (request.status === 503 && task.tries < TRIES) setTimeout(() => { if (!task.off) { waiting.push(task); next(); } }, REST * task.tries);
    else answer(request, told);
  });
  request.send(data);
}

function answer(request, told) {
  let found = null;
  try {
    found = JSON.parse(request.responseText);
  } catch {
    found = null;
  }
  if (found && request.status === 200) told.done(found);
  else told.failed(found && found.error, request.status);
}
