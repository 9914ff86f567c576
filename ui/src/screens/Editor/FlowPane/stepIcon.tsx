import {
  ArrowUpRight,
  Braces,
  FileKey2,
  Hourglass,
  KeyRound,
  type LucideIcon,
  MonitorSmartphone,
  ServerCog,
  ShieldCheck,
  TextCursorInput,
  UserRoundCheck,
} from "lucide-react";
import type { StepType } from "@/model/connector";

const ICONS: Partial<Record<StepType, LucideIcon>> = {
  form: TextCursorInput,
  api_request: ArrowUpRight,
  basic_auth: KeyRound,
  set_variables: Braces,
  poll: Hourglass,
  oauth2_client_credentials: ServerCog,
  oauth2_device_code: MonitorSmartphone,
  oauth2_jwt_bearer: FileKey2,
  sso_token: UserRoundCheck,
};

export function StepIcon({ type, size = 14 }: { type: StepType; size?: number }) {
  const Icon = ICONS[type] ?? ShieldCheck;
  return <Icon size={size} strokeWidth={1.8} aria-hidden />;
}
