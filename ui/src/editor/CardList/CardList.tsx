/** Cards in an order that a person can change: by drag, by Alt and an arrow, by each card's menu. */
import { Ellipsis, GripVertical } from "lucide-react";
import { type KeyboardEvent, memo, type ReactNode, type RefObject, useEffect, useRef } from "react";
import {
  Button,
  DropIndicator,
  GridList,
  GridListItem,
  ListLayout,
  useDragAndDrop,
  Virtualizer,
} from "react-aria-components";
import { IconButton } from "@/components/Button/Button";
import { MenuButton, type MenuEntry, type MenuPart } from "@/components/MenuButton/MenuButton";
import { FaultCount } from "../SidePane/FaultCount";
import styles from "./CardList.module.css";
import { sameCard } from "./sameCard";

/** With more cards than this the list scrolls by itself, and only those in sight are in the page (SAFETY F44). */
const MOST_IN_THE_PAGE = 40;
/** A card's height and the room below it, in pixels, as the style sheet has them. */
const CARD = 54;
const GAP = 8;
/** Around the cards of a list that scrolls: what is chosen or focused has an edge. */
const EDGE = 4;

export interface Card {
  id: string;
  testId: string;
  title: string;
  summary: string;
  icon: ReactNode;
  isDisabled?: boolean;
  /** What is shown beside the list belongs to it, though it is not what is chosen. */
  isCurrent?: boolean;
  /** How many errors are in it. */
  faults: number;
  /** Between the words and the menu: tags, a state. */
  aside?: ReactNode;
  menu: readonly MenuEntry[];
  menuParts?: readonly MenuPart[];
}

interface Props {
  label: string;
  cards: readonly Card[];
  /** The chosen card's place; -1 where none is. */
  selected: number;
  onSelect: (index: number) => void;
  /** `to` is where it stands afterwards. */
  onMove: (from: number, to: number) => void;
  /** A key on the list that is none of its own. */
  onKey?: (event: KeyboardEvent, index: number) => void;
  /** One is done after another: a line joins them. */
  isOrdered?: boolean;
}

export function CardList(props: Props) {
  const latest = useRef(props);
  latest.current = props;
  const { selected } = props;
  return (
    <div
      role="presentation"
      onKeyDownCapture={(event) => {
        if (selected < 0) return;
        const isArrow = event.key === "ArrowUp" || event.key === "ArrowDown";
        if (event.altKey && isArrow) {
          event.preventDefault();
          event.stopPropagation();
          props.onMove(selected, selected + (event.key === "ArrowUp" ? -1 : 1));
        } else {
          props.onKey?.(event, selected);
        }
      }}
    >
      <Cards
        label={props.label}
        cards={props.cards}
        selected={selected}
        isOrdered={props.isOrdered ?? false}
        latest={latest}
      />
    </div>
  );
}

interface CardsProps {
  label: string;
  cards: readonly Card[];
  selected: number;
  isOrdered: boolean;
  /** What the cards do is looked up when it is done: drawing hundreds of them again for that would hold up typing. */
  latest: RefObject<Props>;
}

function sameCards(one: CardsProps, other: CardsProps): boolean {
  return (
    one.label === other.label &&
    one.selected === other.selected &&
    one.isOrdered === other.isOrdered &&
    one.cards.length === other.cards.length &&
    one.cards.every((card, index) => sameCard(card, other.cards[index]))
  );
}

const Cards = memo(function Cards({ label, cards, selected, isOrdered, latest }: CardsProps) {
  // An id is a card's key; a second card with the same id (a fault, told by the checker) gets one of its own.
  const keys = cards.map((card, index) =>
    cards.findIndex((one) => one.id === card.id) === index ? card.id : `${card.id}#${index}`,
  );
  const keyOf = (index: number) => keys[index] ?? "";
  const indexOfKey = (key: unknown) => keys.indexOf(String(key));

  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (dragged) => [...dragged].map((key) => ({ "text/plain": cards[indexOfKey(key)]?.id ?? "" })),
    onReorder: ({ keys: dragged, target }) => {
      const from = indexOfKey([...dragged][0]);
      const over = indexOfKey(target.key);
      const slot = target.dropPosition === "after" ? over + 1 : over;
      latest.current.onMove(from, slot > from ? slot - 1 : slot);
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className={styles.drop ?? ""} />,
  });

  const isLong = cards.length > MOST_IN_THE_PAGE;
  const place = useRef<HTMLDivElement>(null);
  // What was chosen elsewhere, by a finding say, is brought into sight.
  useEffect(() => {
    const list = place.current;
    if (!isLong || !list || selected < 0) return;
    const top = EDGE + selected * (CARD + GAP);
    const isInSight = top >= list.scrollTop && top + CARD <= list.scrollTop + list.clientHeight;
    if (!isInSight) list.scrollTop = top - (list.clientHeight - CARD) / 2;
  }, [isLong, selected]);

  const list = (
    <GridList
      ref={place}
      aria-label={label}
      className={`${styles.cards} ${isOrdered ? styles.ordered : ""} ${isLong ? styles.long : ""}`}
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={selected >= 0 ? [keyOf(selected)] : []}
      onSelectionChange={(chosen) => {
        const [key] = chosen === "all" ? [] : [...chosen];
        const index = key === undefined ? -1 : indexOfKey(key);
        if (index >= 0) latest.current.onSelect(index);
      }}
      dragAndDropHooks={dragAndDropHooks}
    >
      {cards.map((card, index) => (
        <CardItem key={keyOf(index)} itemKey={keyOf(index)} card={card} index={index} latest={latest} />
      ))}
    </GridList>
  );
  return isLong ? (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: CARD, gap: GAP, padding: EDGE }}>
      {list}
    </Virtualizer>
  ) : (
    list
  );
}, sameCards);

interface ItemProps {
  card: Card;
  itemKey: string;
  index: number;
  latest: RefObject<Props>;
}

function sameItem(one: ItemProps, other: ItemProps): boolean {
  return one.itemKey === other.itemKey && one.index === other.index && sameCard(one.card, other.card);
}

const CardItem = memo(function CardItem({ card, itemKey, index, latest }: ItemProps) {
  const { title, summary } = card;
  return (
    <GridListItem
      id={itemKey}
      textValue={title}
      className={`${styles.card} ${card.isDisabled ? styles.disabled : ""} ${card.isCurrent ? styles.current : ""}`}
      data-testid={card.testId}
    >
      <Button slot="drag" className={styles.grip ?? ""} aria-label={`Move ${title}`}>
        <GripVertical size={13} aria-hidden />
      </Button>
      <span className={styles.icon}>{card.icon}</span>
      <span className={styles.words}>
        <b className={styles.title} title={title}>
          {title}
        </b>
        <span className={styles.summary} title={summary}>
          {summary}
        </span>
      </span>
      <FaultCount count={card.faults} />
      {card.aside}
      <MenuButton
        label={`Actions for ${title}`}
        entries={() => latest.current.cards[index]?.menu ?? []}
        parts={() => latest.current.cards[index]?.menuParts ?? []}
      >
        <IconButton label={`More for ${title}`} hint="More" icon={<Ellipsis size={15} />} />
      </MenuButton>
    </GridListItem>
  );
}, sameItem);
