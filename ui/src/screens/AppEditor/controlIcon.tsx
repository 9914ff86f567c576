import {
  Braces,
  Image,
  List,
  type LucideIcon,
  MousePointerClick,
  Rows3,
  Table2,
  TextCursorInput,
  Type,
} from "lucide-react";
import type { ControlType } from "@/model/app";

const ICONS: Record<ControlType, LucideIcon> = {
  text: Type,
  input: TextCursorInput,
  button: MousePointerClick,
  table: Table2,
  select: List,
  record: Rows3,
  json: Braces,
  image: Image,
};

export function ControlIcon({ type, size = 14 }: { type: ControlType; size?: number }) {
  const Icon = ICONS[type] ?? Braces;
  return <Icon size={size} strokeWidth={1.8} aria-hidden />;
}
