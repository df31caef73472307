// A part of the page marked `data-follows` is fetched anew every two seconds until it no longer bears the mark; the rest stays where it is.
const follow = async () => {
  const part = document.querySelector("[data-follows]");
  if (!part) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#followed");
    if (answer.ok && fresh) part.replaceWith(fresh);
  } finally {
    setTimeout(follow, 2000);
  }
};
setTimeout(follow, 2000);
