// Ask to be let in, once, and go to the meeting; the link does not stay in the history.
fetch(location.pathname, { method: "POST", cache: "no-store" })
  .then(async (answer) => {
    if (answer.ok) {
      location.replace("/");
    } else {
      document.querySelector("#said").textContent = await answer.text();
    }
  })
  .catch(() => {
    document.querySelector("#said").textContent = "The server does not answer. Open the link again.";
  });
