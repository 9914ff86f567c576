import { useMutation } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { ExportDialog, type ForeignExport } from "@/app/ExportDialog/ExportDialog";
import { KEYS, useStale } from "@/app/queries";
import { goTo, routeHash } from "@/app/route";
import { IconButton } from "@/components/Button/Button";
import styles from "@/components/ListRow/ListRow.module.css";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { useNotices } from "@/components/Notices/Notices";
import { type DotState, StatusDot } from "@/components/StatusDot/StatusDot";
import { Tag } from "@/components/Tag/Tag";
import { authMethodName } from "@/model/document";
import { usePlatform } from "@/platform/PlatformContext";
import type { ConnectorSummary, TestState } from "@/platform/wire";
import { FileTag } from "../../Editor/LinkedFile/FileTag";

export const TEST_STATES: Record<TestState, { dot: DotState; word: string }> = {
  passed: { dot: "ok", word: "Tested" },
  failed: { dot: "failed", word: "Test failed" },
  not_tested: { dot: "idle", word: "Not tested" },
  changed: { dot: "changed", word: "Changed since the test" },
};

export function hostOf(baseUrl: string): string {
  return baseUrl.replace(/^https?:\/\//, "").replace(/\/.*$/, "") || baseUrl;
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

export function ConnectorRow({ connector, onDelete }: { connector: ConnectorSummary; onDelete: () => void }) {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const [exporting, setExporting] = useState<ForeignExport | null>(null);
  const duplicate = useMutation({
    mutationFn: () => platform.connectorDuplicate(connector.id),
    onSuccess: (opened) => goTo({ screen: "connector", id: opened.id }),
    onError: (error) => notices.fail("The connector was not duplicated", error),
    onSettled: () => stale(KEYS.connectors),
  });
  const exportFile = useMutation({
    mutationFn: () => platform.connectorExportAs(connector.id, "connector"),
    onSuccess: (path) => path && notices.tell(`Exported to ${path}`),
    onError: (error) => notices.fail("The connector was not exported", error),
  });
  const test = TEST_STATES[connector.test_state];
  const method =
    connector.auth_method === "multistep"
      ? `${authMethodName("multistep")}, ${counted(connector.step_count, "step")}`
      : authMethodName(connector.auth_method);
  return (
    <div className={styles.row} data-testid={`connector-${connector.id}`}>
      <span className={styles.badge} aria-hidden>
        {connector.name.slice(0, 2)}
      </span>
      <div className={styles.words}>
        <div className={styles.first}>
          <a
            href={routeHash({ screen: "connector", id: connector.id })}
            className={styles.name}
            title={connector.name}
            data-open
          >
            {connector.name}
          </a>
          <Tag>{connector.kind === "graphql" ? "GraphQL" : "REST"}</Tag>
          {connector.file_path ? (
            <FileTag
              file={{ path: connector.file_path, name: connector.file_path.replace(/^.*[\\/]/, "") }}
            />
          ) : null}
          {connector.has_draft ? <Tag tone="warn">Draft</Tag> : null}
          {connector.signed_in ? <Tag tone="ok">Signed in</Tag> : null}
        </div>
        <div className={styles.second}>
          <span className={styles.host} title={connector.base_url}>
            {hostOf(connector.base_url)}
          </span>
          <span className={styles.facts}>
            {method} · {counted(connector.endpoint_count, "endpoint")}
          </span>
        </div>
      </div>
      <span className={styles.state}>
        <StatusDot state={test.dot} word={test.word} />
        <span aria-hidden>{test.word}</span>
      </span>
      <span className={styles.menu}>
        <MenuButton
          label={`Actions for ${connector.name}`}
          entries={[
            { id: "open", label: "Open", onAction: () => goTo({ screen: "connector", id: connector.id }) },
            { id: "duplicate", label: "Duplicate", onAction: () => duplicate.mutate() },
            { id: "export", label: "Export…", onAction: () => exportFile.mutate() },
            { id: "export_curl", label: "Export as cURL script…", onAction: () => setExporting("curl") },
            { id: "export_open_api", label: "Export as OpenAPI…", onAction: () => setExporting("open_api") },
            { id: "delete", label: "Delete…", danger: true, onAction: onDelete },
          ]}
        >
          <IconButton label={`More for ${connector.name}`} hint="More" icon={<Ellipsis size={16} />} />
        </MenuButton>
      </span>
      {exporting ? (
        <ExportDialog id={connector.id} kind={exporting} onClose={() => setExporting(null)} />
      ) : null}
    </div>
  );
}
