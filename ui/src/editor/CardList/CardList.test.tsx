import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Profiler } from "react";
import { describe, expect, test, vi } from "vitest";
import { Tag } from "@/components/Tag/Tag";
import { type Card, CardList } from "./CardList";
import { sameCard, sameNode } from "./sameCard";

function card(number: number, over: Partial<Card> = {}): Card {
  return {
    id: `step${number}`,
    testId: `card-${number}`,
    title: `Step ${number}`,
    summary: "form",
    icon: <i />,
    faults: 0,
    menu: [],
    ...over,
  };
}

describe("a list of cards", () => {
  test("F44: cards that look as before are not drawn again, and their menus are of now all the same", async () => {
    const user = userEvent.setup();
    const commits = vi.fn();
    const chosen = vi.fn();
    const list = (round: string) => (
      <Profiler id="list" onRender={commits}>
        <CardList
          label="Steps"
          cards={[1, 2].map((number) =>
            card(number, { menu: [{ id: "say", label: `Say ${round}`, onAction: () => chosen(round) }] }),
          )}
          selected={0}
          onSelect={() => {}}
          onMove={() => {}}
        />
      </Profiler>
    );
    const { rerender } = render(list("first"));
    const row = screen.getByTestId("card-2");
    const drawn = row.innerHTML;
    rerender(list("second"));
    expect(screen.getByTestId("card-2")).toBe(row);
    expect(row.innerHTML).toBe(drawn);
    await user.click(screen.getByRole("button", { name: "More for Step 2" }));
    await user.click(await screen.findByRole("menuitem", { name: "Say second" }));
    expect(chosen).toHaveBeenCalledWith("second");
  });

  test("two cards are the same by what is seen of them", () => {
    expect(sameCard(card(1), card(1, { menu: [{ id: "a", label: "A", onAction: () => {} }] }))).toBe(true);
    for (const over of [
      { title: "Another" },
      { summary: "x" },
      { faults: 1 },
      { isDisabled: true },
      { isCurrent: true },
      { aside: <Tag>off</Tag> },
      { icon: <b /> },
    ]) {
      expect(sameCard(card(1), card(1, over))).toBe(false);
    }
    expect(sameCard(card(1), undefined)).toBe(false);
    expect(sameNode(<Tag>off</Tag>, <Tag>off</Tag>)).toBe(true);
    expect(sameNode(<Tag>off</Tag>, <Tag>on</Tag>)).toBe(false);
    expect(sameNode(<Tag title="a">off</Tag>, <Tag>off</Tag>)).toBe(false);
  });
});
