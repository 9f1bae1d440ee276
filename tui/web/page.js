// The keys go to the terminal as soon as it is there.
new MutationObserver((_, watcher) => {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys) {
    keys.focus();
    watcher.disconnect();
  }
}).observe(document.documentElement, { childList: true, subtree: true });
