import { Ellipsis, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/Button/Button";
import { MenuButton, type MenuEntry, type MenuPart } from "@/components/MenuButton/MenuButton";
import { Tag } from "@/components/Tag/Tag";
import { locateControl, screensOf } from "@/model/app";
import { useAppEditor } from "../AppEditorContext";
import { ControlInspector } from "./ControlInspector";
import styles from "./Inspector.module.css";
import { ScreenInspector } from "./ScreenInspector";

/** The right side: what is chosen in the canvas or in the list, with all that can be set of it. */
export function Inspector({ onClose }: { onClose: () => void }) {
  const { app, place, screen } = useAppEditor();
  const found = place.type === "control" ? locateControl(app, place.id) : null;
  const shown = screensOf(app)[screen];
  if (found) return <ControlInspector key={found.control.id} location={found} onClose={onClose} />;
  return shown ? <ScreenInspector key={shown.id} screen={shown} index={screen} onClose={onClose} /> : null;
}

interface FrameProps {
  icon: ReactNode;
  title: string;
  kind: string;
  menu?: { label: string; entries: readonly MenuEntry[]; parts?: readonly MenuPart[] };
  onClose: () => void;
  children: ReactNode;
}

export function InspectorFrame({ icon, title, kind, menu, onClose, children }: FrameProps) {
  return (
    <aside className={styles.inspector} aria-label="Inspector">
      <div className={styles.head}>
        <span className={styles.icon}>{icon}</span>
        <h2 className={styles.title} title={title}>
          {title}
        </h2>
        {kind === title ? null : <Tag>{kind}</Tag>}
        <span className={styles.spring} />
        {menu ? (
          <MenuButton label={menu.label} entries={menu.entries} parts={menu.parts ?? []}>
            <IconButton label="More for this control" hint="More" icon={<Ellipsis size={16} />} />
          </MenuButton>
        ) : null}
        <span className={styles.close}>
          <IconButton label="Close the inspector" icon={<X size={15} />} onPress={onClose} />
        </span>
      </div>
      <div className={styles.body}>{children}</div>
    </aside>
  );
}

interface SectionProps {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  path?: string;
  children: ReactNode;
}

export function InspectorSection({ title, about, actions, path, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title} data-path={path}>
      <div className={styles.sectionHead}>
        <h3 className={styles.sectionTitle}>{title}</h3>
        {actions}
      </div>
      {about ? <p className={styles.about}>{about}</p> : null}
      {children}
    </section>
  );
}
