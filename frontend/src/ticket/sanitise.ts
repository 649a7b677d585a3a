// The second pass over mail. Go has already let through only a list of allowed
// tags; this pass would hold if that list ever failed. Behind it stand the frame
// without any permission (sandbox="") and the page's content policy, which the
// frame inherits. Nothing here may load from the network: not an image, not a
// font, not a connection.
import DOMPurify from "dompurify";

const forbiddenTags = ["style", "link", "meta", "base", "form", "input", "button", "textarea", "select", "svg", "math", "audio", "video", "source", "picture", "iframe", "object", "embed", "template", "dialog", "map", "area"];
const forbiddenAttributes = ["srcset", "poster", "background", "ping", "formaction", "action", "autofocus", "id", "name", "class", "target", "usemap", "popover", "popovertarget", "tabindex", "accesskey", "contenteditable", "is", "slot", "part"];

/** isLocal tells the only places an image may come from: this program's own
 * asset path, or the mail itself. */
export const isLocal = (url: string) => url.startsWith("/asset/") || /^data:image\/(?:png|jpeg|gif|webp|bmp);base64,/i.test(url);

/** isLink tells the only targets that may be offered to a person. */
export const isLink = (target: string) => /^(?:https?:\/\/|mailto:)/i.test(target);

const loads = /url\s*\(|image-set|@import|expression|-moz-binding|behavior/i;

export function sanitise(html: string): string {
  const purify = DOMPurify(window);
  purify.addHook("afterSanitizeAttributes", (node) => {
    if (node.hasAttribute("src") && !isLocal(node.getAttribute("src") ?? "")) node.removeAttribute("src");
    const style = node.getAttribute("style");
    // Escapes such as \75rl( would hide a load: no style needs a backslash.
    if (style !== null && (loads.test(style) || style.includes("\\"))) node.removeAttribute("style");
    const target = node.getAttribute("href") ?? "";
    node.removeAttribute("href");
    // A title of the mail's own could name another place than the link leads to.
    if (isLink(target)) node.setAttribute("title", target);
    else if (node.nodeName === "A") node.removeAttribute("title");
  });
  return purify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: forbiddenTags,
    FORBID_ATTR: forbiddenAttributes,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}

/** bodyStyle is how the body of a mail stands in its frame, and in the model
 * that tells how tall the frame must be. */
export const bodyStyle = "margin:8px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere";

// The policy is asked before anything is loaded, but browsers open a connection
// before they ask it: WebKitGTK for a preconnect, Chromium for a frame. No
// sanitised body holds such an element; if one ever did, it would be words.
const openers = /<(link|meta|base|frame|iframe|object|embed)\b/gi;

/** frameOf wraps a sanitised body as the whole document of the frame. */
export function frameOf(clean: string, dark: boolean): string {
  const policy = `default-src 'none'; img-src ${location.origin} data:; style-src 'unsafe-inline'`;
  const scheme = `color-scheme:${dark ? "dark" : "light"}`;
  const ink = `color:CanvasText;background:Canvas;${scheme}`;
  return `<!doctype html><html style="${scheme}"><head><meta http-equiv="Content-Security-Policy" content="${policy}"></head><body style="${bodyStyle};${ink}">${clean.replaceAll(openers, "&lt;$1")}</body></html>`;
}
