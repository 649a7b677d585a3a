// How tall a mail will stand. Its frame may run nothing and nobody may look into
// it, so that no wall has to come down for a figure: instead a model of the mail
// is laid out unseen in the page. The model holds the mail's texts, but none of
// its elements: only new ones of a few known names, with sizes and no addresses.
import { bodyStyle, isLocal } from "./sanitise";

const known = new Set(
  "p div span br hr b i u s strong em del ins sub sup small big code pre tt kbd samp blockquote q cite h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption colgroup col font center address abbr figure figcaption section article header footer main mark img".split(" "),
);
const figures = ["width", "height", "border", "cellpadding", "cellspacing", "colspan", "rowspan", "size"];
// None of these properties can name an address.
const sizes = "font-family font-size font-weight font-style line-height letter-spacing text-indent white-space display width height max-width margin-top margin-right margin-bottom margin-left padding-top padding-right padding-bottom padding-left border-top-width border-right-width border-bottom-width border-left-width border-top-style border-right-style border-bottom-style border-left-style border-collapse border-spacing vertical-align".split(" ");

/** modelOf builds the unseen twin of a sanitised body. */
export function modelOf(clean: string): DocumentFragment {
  const model = document.createDocumentFragment();
  copy(new DOMParser().parseFromString(clean, "text/html").body, model);
  return model;
}

function copy(from: Node, into: Node): void {
  for (const node of from.childNodes) {
    if (node instanceof Text) into.appendChild(document.createTextNode(node.data));
    if (node instanceof HTMLElement) into.appendChild(twin(node));
  }
}

function twin(of: HTMLElement): HTMLElement {
  const made = document.createElement(known.has(of.localName) ? of.localName : "span");
  for (const name of figures) {
    const value = of.getAttribute(name) ?? "";
    if (/^\d{1,5}%?$/.test(value)) made.setAttribute(name, value);
  }
  for (const name of sizes) made.style.setProperty(name, of.style.getPropertyValue(name));
  if (made instanceof HTMLImageElement) {
    const source = of.getAttribute("src") ?? "";
    if (isLocal(source)) made.src = source;
    made.alt = of.getAttribute("alt") ?? "";
  }
  copy(of, made);
  return made;
}

const tallest = 4_000; // px; a mail that wants more scrolls inside its frame
const scrollbar = 18; // px, under a mail wider than its frame

/** watchHeight tells how tall the frame must be, now and whenever its width or a
 * picture of the mail changes that. It returns the function that stops. */
export function watchHeight(frame: HTMLElement, clean: string, tell: (height: number) => void): () => void {
  const host = document.createElement("div");
  host.style.cssText = "all:initial;position:fixed;inset:0 auto auto 0;block-size:0;overflow:hidden;visibility:hidden;contain:strict";
  host.inert = true;
  const page = document.createElement("div");
  page.style.cssText = "display:flow-root";
  const body = document.createElement("div");
  body.style.cssText = bodyStyle;
  body.append(modelOf(clean));
  page.append(body);
  host.attachShadow({ mode: "closed" }).append(page);
  document.body.append(host);
  const measure = () => {
    const width = frame.clientWidth;
    host.style.inlineSize = `${width}px`;
    const over = page.scrollWidth > width ? scrollbar : 0;
    tell(Math.min(tallest, Math.ceil(page.getBoundingClientRect().height) + over));
  };
  const watcher = new ResizeObserver(measure);
  watcher.observe(frame);
  watcher.observe(page);
  return () => {
    watcher.disconnect();
    host.remove();
  };
}
