import { beforeEach, describe, expect, it } from "vitest";
import { change, isUnknown, requestOf, startOver, useNewTicket } from "./form";

const annika = { id: "r1", name: "Annika Petersen", email: "a.petersen@nordlicht-werke.example", initials: "AP", tint: 1 };
const form = () => useNewTicket.getState();

describe("the requester of a new ticket", () => {
  beforeEach(startOver);

  it("is unknown while a name was typed and nobody chosen", () => {
    expect(isUnknown(form())).toBe(false);
    change({ asked: "Annika" });
    expect(isUnknown(form())).toBe(true);
    change({ asked: annika.name, requester: annika });
    expect(isUnknown(form())).toBe(false);
    expect(requestOf(form()).requesterId).toBe("r1");
  });

  it("is gone from the field too when one starts over", () => {
    change({ asked: annika.name, requester: annika });
    startOver();
    expect(form()).toMatchObject({ asked: "", requester: undefined });
  });

  it("is told to Go by its id alone", () => {
    change({ title: " Printer ", asked: "Annika" });
    expect(requestOf(form())).not.toHaveProperty("asked");
    expect(requestOf(form()).title).toBe("Printer");
  });
});
