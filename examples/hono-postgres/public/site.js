/**
 * The forms of all pages. Each says itself what to send where (`action`), and which page comes after it
 * (`data-next`); what was done is said on that page. What was refused is said at the fields of the form.
 */
const forms = document.querySelectorAll("form[action^='/api/']");
for (const form of forms) form.addEventListener("submit", onSubmit);

async function onSubmit(event) {
  event.preventDefault();
  const form = event.currentTarget;
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  forgetErrors(form);
  try {
    await submit(form);
  } catch {
    showNotice("The site did not answer. Try again in a moment.");
  }
  form.removeAttribute("aria-busy");
}

async function submit(form) {
  const response = await fetch(form.action, {
    method: form.method,
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(Object.fromEntries(new FormData(form))),
  });
  const text = await response.text();
  const { location, error } = text === "" ? {} : JSON.parse(text);
  if (response.ok) window.location.assign(location ?? form.dataset.next);
  else if (error.code === "signed-out") window.location.assign("/sign-in");
  // The next page no longer lists it, and says so.
  else if (error.code === "gone") window.location.assign(form.dataset.next);
  else showErrors(form, error);
}

function showErrors(form, { message, fields }) {
  for (const password of form.querySelectorAll("[type=password]")) password.value = "";
  const refused = Object.entries(fields).filter(([name]) => form.elements.namedItem(name));
  for (const [name, text] of refused) showError(form.elements.namedItem(name), text);
  if (refused.length === 0) return showNotice(message);
  document.title = `Please check: ${document.title}`;
  form.querySelector("[aria-invalid]").focus();
}

/** Ties the error to its field, for those who hear the page. */
function showError(input, text) {
  const error = document.createElement("p");
  error.className = "error";
  error.id = `${input.id}-error`;
  error.textContent = text;
  input.after(error);
  input.setAttribute("aria-invalid", "true");
  const hint = input.getAttribute("aria-describedby");
  input.setAttribute("aria-describedby", hint ? `${hint} ${error.id}` : error.id);
}

/** What concerns no field, above the page. */
function showNotice(text) {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.role = "alert";
  notice.textContent = text;
  document.querySelector("main").prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
}

function forgetErrors(form) {
  document.title = document.title.replace("Please check: ", "");
  for (const said of document.querySelectorAll("main > .notice, main > .flash")) said.remove();
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    const error = document.getElementById(`${input.id}-error`);
    const others = input.getAttribute("aria-describedby").split(" ");
    input.removeAttribute("aria-invalid");
    input.setAttribute("aria-describedby", others.filter((id) => id !== error.id).join(" "));
    error.remove();
  }
}
