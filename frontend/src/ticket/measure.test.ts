import { describe, expect, it } from "vitest";
import { modelOf } from "./measure";

const shown = (html: string) => {
  const box = document.createElement("div");
  box.append(modelOf(html));
  return box.innerHTML;
};

describe("the model of a mail", () => {
  it("keeps texts, known names and sizes", () => {
    expect(shown(`<p style="font-size: 20px;">Hello <b>you</b></p><table cellpadding="4"><tbody><tr><td colspan="2">1</td></tr></tbody></table>`)).toBe(
      `<p style="font-size: 20px;">Hello <b>you</b></p><table cellpadding="4"><tbody><tr><td colspan="2">1</td></tr></tbody></table>`,
    );
  });

  it("keeps no name it does not know, no address and no handler", () => {
    const html = `<video src="https://canary.example/v"></video><a href="https://canary.example">x</a><p onclick="x()" style="background:url(https://canary.example)" id="root" class="sheet">y</p><img src="https://canary.example/i" onerror="x()" alt="z"><iframe src="https://canary.example"></iframe>`;
    expect(shown(html)).toBe(`<span></span><span>x</span><p>y</p><img alt="z"><span></span>`);
  });

  it("keeps the pictures the mail brought along", () => {
    expect(shown(`<img src="data:image/png;base64,AA" width="40">`)).toContain(`src="data:image/png;base64,AA"`);
  });

  it("keeps no figure that is none", () => {
    expect(shown(`<td width="1e9">x</td><hr width="50%" size="x">`)).toBe(`x<hr width="50%">`);
  });
});
