import {
  ArrowUpRight,
  Eraser,
  ExternalLink,
  LogIn,
  type LucideIcon,
  MessageSquare,
  Monitor,
  PencilLine,
  RefreshCw,
} from "lucide-react";
import type { ActionType } from "@/model/app";

const ICONS: Record<ActionType, LucideIcon> = {
  call: ArrowUpRight,
  load: RefreshCw,
  set_value: PencilLine,
  go_to_screen: Monitor,
  show_message: MessageSquare,
  open_link: ExternalLink,
  navigate_to_authentication: LogIn,
  clear_cached_auth: Eraser,
};

export function ActionIcon({ type }: { type: ActionType }) {
  const Icon = ICONS[type] ?? ArrowUpRight;
  return <Icon size={13} strokeWidth={1.8} aria-hidden />;
}
