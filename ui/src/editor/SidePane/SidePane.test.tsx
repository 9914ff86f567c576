import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { renderPart } from "@/testing/render";
import { Mono, PartButton, PartList } from "./SidePane";

const nothing = () => undefined;

function open(faults: number) {
  return renderPart(
    <PartList>
      <PartButton
        name="Test request"
        value={<Mono>GET /me</Mono>}
        faults={faults}
        isOpen={false}
        onOpen={nothing}
      />
      <PartButton name="Settings" faults={0} isOpen onOpen={nothing} />
    </PartList>,
  );
}

describe("a part of the side pane", () => {
  test("its name is the part's, and what it holds is said after it", () => {
    open(0);
    const part = screen.getByRole("button", { name: "Test request" });
    expect(part).toHaveAccessibleDescription("GET /me");
    expect(screen.getByRole("button", { name: "Settings" })).not.toHaveAttribute("aria-describedby");
  });

  test("how much is to be fixed in it is said once, with its name", () => {
    open(2);
    const part = screen.getByRole("button", { name: "Test request, 2 to fix" });
    expect(part).toHaveAccessibleDescription("GET /me");
  });
});
