// Fetches what makes the page alive once the page is painted. It stands in the head; the browser takes up no animation frame before the
// style sheet is there.
((script, wasm) => {
  const AT_ONCE = 6;
  let isStarted = false;
  const start = () => {
    if (isStarted) return;
    isStarted = true;
    const files = [...document.querySelectorAll('link[rel="after-paint"]')];
    // A page has up to sixty files. Between a few of them the browser sees to whoever scrolls or types.
    const fetchSome = () => {
      for (const link of files.splice(0, AT_ONCE)) link.rel = "preload";
      if (files.length > 0) setTimeout(fetchSome);
    };
    fetchSome();
    import(script).then((package) => package.default({ module_or_path: wasm }).then(() => package.hydrate()));
  };
  // A tab in the background is not painted.
  if (document.visibilityState === "hidden") return start();
  requestAnimationFrame(() => setTimeout(start));
  // Nor is a window that is covered.
  setTimeout(start, 2000);
})
