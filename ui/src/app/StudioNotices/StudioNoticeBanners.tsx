import { X } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { Marked } from "@/components/Spoken/Spoken";
import { spoken } from "@/model/sentence";
import { goTo, type Route, useRoute } from "../route";
import styles from "../VaultBanner/VaultBanner.module.css";
import { type BannerNotice, useStudioNotices } from "./StudioNotices";

/** Where an interrupted sign-in is started again: its connector, or the account where it was SSO. */
function placeOf(
  notice: BannerNotice & { kind: "sign_in_interrupted" },
): { route: Route; label: string } | null {
  if (notice.connector_id !== null) {
    return {
      route: { screen: "connector", id: notice.connector_id },
      label: notice.connector_name ? `Open ${notice.connector_name}` : "Open the connector",
    };
  }
  return notice.connector_name === null ? { route: { screen: "settings" }, label: "Open Settings" } : null;
}

function isSame(a: Route, b: Route): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function textOf(notice: BannerNotice): string {
  if (notice.kind === "sign_in_interrupted") return notice.message;
  if (notice.kind === "deep_link_refused") return spoken(notice.error.message);
  return `You are still signed in to ${notice.connector_name}, but its new tokens are in memory only: ${notice.error.message}`;
}

/** The core's notices on every screen, until they are seen. */
export function StudioNoticeBanners() {
  const { notices, dismiss } = useStudioNotices();
  const here = useRoute();
  return notices.map(({ id, notice }) => {
    const place = notice.kind === "sign_in_interrupted" ? placeOf(notice) : null;
    const error = notice.kind === "sign_in_interrupted" ? null : notice.error;
    return (
      <div key={id} className={styles.banner} data-testid={`notice-${notice.kind}`}>
        <Note
          tone="warn"
          role="status"
          code={error?.code ?? null}
          help={error?.hint ?? null}
          actions={
            <>
              {place && !isSame(place.route, here) ? (
                <Button
                  small
                  onPress={() => {
                    dismiss(id);
                    goTo(place.route);
                  }}
                >
                  {place.label}
                </Button>
              ) : null}
              <IconButton label="Dismiss" icon={<X size={14} />} onPress={() => dismiss(id)} />
            </>
          }
        >
          <Marked text={textOf(notice)} />
        </Note>
      </div>
    );
  });
}
