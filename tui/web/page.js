// The line to the app. It comes back after the network was away, and says why it ended.
(() => {
  const Socket = window.WebSocket;
  const COME_BACK = 4000, STAY_AWAY = 4001, GONE = 4002; // as in parting.py
  const LOST = 4010; // our own, towards the server: the network was away
  const LOOK = 6000, RETRY = 2000; // milliseconds
  const AWAY = "The server does not answer. What was entered is saved; this page goes on as soon as it can.";
  const name = [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

  let line;

  const say = (place, words) => {
    const there = document.querySelector(place);
    if (there) there.textContent = words;
  };
  const end = (words, stays) => {
    say("#ended p", words);
    document.body.classList.add("-ended");
    if (stays) document.body.classList.add("-stays-away");
  };

  // What the terminal takes for a WebSocket.
  class Line extends EventTarget {
    constructor(url) {
      super();
      this.url = url;
      this.size = "";
      line = this;
      this.open(`${url}&page=${name}`);
      setInterval(() => this.look(), LOOK);
      addEventListener("online", () => this.again());
    }

    open(url) {
      const socket = new Socket(url);
      socket.binaryType = "arraybuffer";
      socket.onopen = () => {
        this.asked = false;
        document.body.classList.remove("-away");
        this.dispatchEvent(new Event("open"));
      };
      socket.onmessage = (message) => {
        this.asked = false;
        if (typeof message.data === "string" && message.data.startsWith('["pong"')) return;
        this.dispatchEvent(new MessageEvent("message", { data: message.data }));
      };
      socket.onclose = (event) => {
        if (this.socket === socket) this.closed(event);
      };
      this.socket = socket;
    }

    send(data) {
      if (data.startsWith('["resize"')) this.size = data;
      if (this.socket.readyState === Socket.OPEN) this.socket.send(data);
    }

    // Is it still there? Asked now and then; what was asked last time has to be answered by now.
    look() {
      if (this.socket.readyState !== Socket.OPEN) return;
      if (this.asked) {
        const socket = this.socket;
        this.lost();
        socket.close(LOST);
      } else {
        this.asked = true;
        this.socket.send('["ping", 0]');
      }
    }

    closed(event) {
      if (event.code === GONE) location.reload();
      else if (event.code === COME_BACK || event.code === STAY_AWAY) end(event.reason, event.code === STAY_AWAY);
      else this.lost();
    }

    lost() {
      this.socket = { readyState: Socket.CLOSED };
      say("#away", AWAY);
      document.body.classList.add("-away");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.again(), RETRY);
    }

    // A page can read how a request was answered, but not how a line was refused: so it asks first.
    async again() {
      if (this.socket.readyState !== Socket.CLOSED || this.asking) return;
      clearTimeout(this.timer);
      this.asking = true;
      try {
        const answer = await fetch("/page.css", { cache: "no-store", signal: AbortSignal.timeout(5000) });
        if (answer.status === 401) {
          end("Accord has been started anew. Ask for a new link.", true);
        } else {
          const { width, height } = this.size ? JSON.parse(this.size)[1] : { width: 80, height: 24 };
          const start = this.url.split("?")[0];
          this.open(`${start}?width=${width}&height=${height}&page=${name}&again=1`);
        }
      } catch {
        this.lost();
      } finally {
        this.asking = false;
      }
    }
  }
  window.WebSocket = Line;

  // The largest size up to this one at which 80 columns and 24 lines fit; a column is a whole number of pixels wide.
  const largest = (size) => {
    const wide = (size) => (80 * Math.floor(0.6 * size * devicePixelRatio)) / devicePixelRatio;
    while (size > 7 && (wide(size) > innerWidth || 24 * 1.32 * size > innerHeight)) size -= 1;
    return size;
  };

  // The terminal measures its font when it starts: the font has to be there.
  addEventListener("DOMContentLoaded", () => {
    const start = window.onload;
    const terminal = document.querySelector("#terminal");
    terminal.dataset.fontSize = largest(Number(terminal.dataset.fontSize));
    window.onload = async (event) => {
      const styles = ["", "bold ", "italic "];
      await Promise.allSettled(styles.map((style) => document.fonts.load(`${style}16px "Roboto Mono"`)));
      start(event);
    };
  });

  // Ctrl+V pastes as everywhere else. Ctrl+C copies what is selected in the page; if nothing is, it is the app's.
  // F5 and F11 stay the browser's: loaded anew, the whole screen.
  addEventListener("keydown", (event) => {
    if (event.code === "F5" || event.code === "F11") event.stopImmediatePropagation();
    if (!event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.code === "KeyV") event.stopImmediatePropagation();
    if (event.code === "KeyC") {
      let copied = false;
      const look = (copy) => (copied = copy.defaultPrevented);
      event.stopImmediatePropagation();
      event.preventDefault();
      addEventListener("copy", look, { once: true });
      document.execCommand("copy");
      removeEventListener("copy", look);
      if (!copied && !event.shiftKey) line?.send('["stdin", "\\u0003"]');
    }
  }, true);

  // Without https, and not on localhost, browsers have no clipboard for scripts: what the app copies goes the older way.
  if (!navigator.clipboard) {
    const writeText = async (text) => {
      const copy = (event) => {
        event.clipboardData.setData("text/plain", text);
        event.preventDefault();
        event.stopImmediatePropagation();
      };
      addEventListener("copy", copy, { capture: true, once: true });
      document.execCommand("copy");
      removeEventListener("copy", copy, { capture: true });
    };
    Object.defineProperty(navigator, "clipboard", { value: { writeText, readText: async () => "" } });
  }

  // The keys go to the terminal as soon as it is there.
  new MutationObserver((_, watcher) => {
    const keys = document.querySelector(".xterm-helper-textarea");
    if (keys) {
      keys.focus();
      watcher.disconnect();
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
