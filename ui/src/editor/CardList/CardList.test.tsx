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

  test("F44: of a long list only what is in sight is in the page, and what is chosen is brought there", async () => {
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(300);
    const list = (count: number, selected: number) => (
      <CardList
        label="Steps"
        cards={Array.from({ length: count }, (_, index) => card(index))}
        selected={selected}
        onSelect={() => {}}
        onMove={() => {}}
      />
    );
    const { rerender } = render(list(40, 0));
    expect(screen.getAllByTestId(/^card-/)).toHaveLength(40);
    rerender(list(200, 0));
    const shown = screen.getAllByTestId(/^card-/).length;
    expect(shown).toBeGreaterThan(5);
    expect(shown).toBeLessThan(40);
    rerender(list(200, 150));
    expect(screen.getByRole("grid", { name: "Steps" }).scrollTop).toBeGreaterThan(8000);
    vi.restoreAllMocks();
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
