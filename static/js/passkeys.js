// Beside the sign-in package's scripts for passkeys: hides what this browser cannot do, and says
// in words what went wrong. The package itself only writes to the console.
(() => {
  const parts = document.querySelectorAll("[data-passkeys]");
  if (!window.PublicKeyCredential) parts.forEach((part) => { part.hidden = true; });

  const SENTENCES = {
    InvalidStateError: "This passkey is set up already.",
    NotAllowedError: "The passkey was not used. Try again, or choose another way.",
  };

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const name = event.detail.exception?.name;
    const problem = document.querySelector(".portal-passkey-problem") ?? document.createElement("p");
    problem.className = "nhsuk-error-message portal-passkey-problem";
    problem.setAttribute("role", "alert");
    problem.textContent = SENTENCES[name] ?? "The passkey did not work. Try again, or choose another way.";
    parts[0].before(problem);
  });
})();
