import { useMutation } from "@tanstack/react-query";
import { Ellipsis, Play } from "lucide-react";
import { KEYS, useStale } from "@/app/queries";
import { goTo, routeHash } from "@/app/route";
import { usePreviewApp } from "@/app/usePreviewApp";
import { Button, IconButton } from "@/components/Button/Button";
import styles from "@/components/ListRow/ListRow.module.css";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { useNotices } from "@/components/Notices/Notices";
import { Tag } from "@/components/Tag/Tag";
import { momentText } from "@/model/format";
import { isSample } from "@/model/samples";
import { usePlatform } from "@/platform/PlatformContext";
import type { AppSummary } from "@/platform/wire";

export function AppRow({ app, onDelete }: { app: AppSummary; onDelete: () => void }) {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const preview = usePreviewApp();
  const duplicate = useMutation({
    mutationFn: () => platform.appDuplicate(app.id),
    onSuccess: (opened) => goTo({ screen: "app", id: opened.id }),
    onError: (error) => notices.fail("The app was not duplicated", error),
    onSettled: () => stale(KEYS.apps),
  });
  const exportFile = useMutation({
    mutationFn: (withConnectors: boolean) => platform.appExport(app.id, withConnectors),
    onSuccess: (path) => path && notices.tell(`Exported to ${path}`),
    onError: (error) => notices.fail("The app was not exported", error),
  });
  const screens = `${app.screen_count} ${app.screen_count === 1 ? "screen" : "screens"}`;
  const connectors = app.connectors.length === 0 ? "no connectors yet" : app.connectors.join(", ");
  return (
    <div className={styles.row} data-testid={`app-${app.id}`}>
      <span className={styles.badge} aria-hidden>
        {app.name.slice(0, 2)}
      </span>
      <div className={styles.words}>
        <div className={styles.first}>
          <a
            href={routeHash({ screen: "app", id: app.id })}
            className={styles.name}
            title={app.name}
            data-open
          >
            {app.name}
          </a>
          {isSample(app.id) ? <Tag>Sample</Tag> : null}
          {app.has_draft ? <Tag tone="warn">Draft</Tag> : null}
        </div>
        <div className={styles.second}>
          {app.description ? (
            <span className={styles.facts} title={app.description}>
              {app.description}
            </span>
          ) : null}
          <span className={styles.kept} title={connectors}>
            {screens} · {connectors}
          </span>
        </div>
      </div>
      <span className={styles.state}>Saved {momentText(app.updated_at)}</span>
      <span className={styles.menu}>
        <Button
          small
          aria-label={`Preview ${app.name}`}
          isDisabled={preview.isPending}
          onPress={() => preview.mutate(app.id)}
        >
          <Play size={12} aria-hidden />
          Preview
        </Button>
      </span>
      <span className={styles.menu}>
        <MenuButton
          label={`Actions for ${app.name}`}
          entries={[
            { id: "open", label: "Open", onAction: () => goTo({ screen: "app", id: app.id }) },
            { id: "preview", label: "Preview", onAction: () => preview.mutate(app.id) },
            { id: "duplicate", label: "Duplicate", onAction: () => duplicate.mutate() },
            { id: "export", label: "Export…", onAction: () => exportFile.mutate(false) },
            {
              id: "export_with",
              label: "Export with connectors…",
              description: "A file that works without this library. No secret is in it.",
              onAction: () => exportFile.mutate(true),
            },
            { id: "delete", label: "Delete…", danger: true, onAction: onDelete },
          ]}
        >
          <IconButton label={`More for ${app.name}`} hint="More" icon={<Ellipsis size={16} />} />
        </MenuButton>
      </span>
    </div>
  );
}
