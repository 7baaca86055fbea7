// Sends the very form, showing how much has gone. There is no second way in: the server sees an ordinary POST.

const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

export function watchUpload(form, prepare) {
  const progress = form.querySelector("[data-upload-progress]");
  const bar = form.querySelector("[data-upload-bar]");
  const told = form.querySelector("[data-upload-told]");
  const name = form.querySelector("[data-upload-name]");
  const stop = form.querySelector("[data-upload-stop]");
  const file = form.querySelector('input[type="file"]');
  let request = null;

  const say = (words, running) => {
    told.textContent = words;
    stop.hidden = !running;
    bar.hidden = !running;
  };

  file.addEventListener("change", () => {
    const chosen = file.files[0];
    form.querySelector("[data-choose-again]")?.remove();
    progress.hidden = !chosen;
    if (!chosen) return;
    name.textContent = `${chosen.name}, ${size(chosen.size)}`;
    say("It is sent when you press the button at the end.", false);
  });

  stop.addEventListener("click", () => request?.abort());

  form.addEventListener("submit", (event) => {
    if (event.submitter?.formNoValidate || !file.files.length) return; // an ordinary POST will do
    event.preventDefault();
    if (request) return;
    const chosen = file.files[0];
    request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    const ended = (words) => { request = null; say(words, false); };

    progress.hidden = false;
    name.textContent = `${chosen.name}, ${size(chosen.size)}`;
    bar.value = 0;
    say("Sending…", true);
    progress.scrollIntoView({ block: "nearest" });

    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const percent = total ? Math.floor((loaded / total) * 100) : 0;
      bar.value = percent;
      // A screen reader hears every tenth, not every one.
      if (percent % 10 === 0) told.textContent = percent < 100 ? `${percent}% of ${size(total)} sent` : "All sent. One moment…";
    });
    request.addEventListener("abort", () => ended("Stopped. Nothing was entered."));
    request.addEventListener("error", () => ended("The connection broke. Press the button again: it cannot be entered twice."));
    request.addEventListener("load", () => {
      const page = request.response;
      if (request.status < 400 || !page) {
        if (page || request.status < 400) location.assign(request.responseURL || form.action);
        else ended("The server did not answer. Press the button again: it cannot be entered twice.");
        return;
      }
      showAnswer(page, file.files, prepare);
      request = null;
    });
    request.send(new FormData(form, event.submitter));
  });
}

// An error page takes this page's place; the file chosen is kept, which without a script no browser does.
function showAnswer(page, files, prepare) {
  const main = document.querySelector("main");
  const answer = document.adoptNode(page.querySelector("main"));
  document.title = page.title;
  main.replaceWith(answer);
  prepare(answer);
  const again = answer.querySelector('form[data-upload] input[type="file"]');
  if (again && !answer.querySelector('[name="held"]')) {
    again.files = files;
    again.dispatchEvent(new Event("change", { bubbles: true }));
  }
  window.scrollTo(0, 0);
  (answer.querySelector("#problems") ?? answer).focus();
}
