import { useEffect, useMemo, useRef } from "react";
import { useNotices } from "@/components/Notices/Notices";
import { type Placed, placesOf } from "@/model/grid";
import { useAppPlatform } from "@/platform/PlatformContext";
import type { ControlEvent, ControlView, ScreenView } from "@/platform/wire";
import { EventQueue } from "../eventQueue";
import styles from "./AppScreen.module.css";
import { Control } from "./Control";

/** A screen of the app: its controls on a grid of twelve columns. */
export function AppScreen({ view }: { view: ScreenView }) {
  const send = useSend();
  const place = useRef<HTMLElement>(null);
  const controls = view.controls.filter((control) => control.visible);
  const places = placesOf(controls.map(placed));
  // Whoever came here by something that is gone now goes on from the new screen's beginning.
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) place.current?.focus();
  }, []);
  return (
    <main ref={place} tabIndex={-1} className={styles.screen} aria-label={view.name} data-testid="app-screen">
      <div className={styles.page}>
        <div className={styles.grid}>
          {controls.map((control, index) => (
            <Control key={control.id} view={control} place={places[index] ?? "top"} send={send} />
          ))}
        </div>
      </div>
    </main>
  );
}

function placed({ content, width, label, state }: ControlView): Placed {
  const saysMore = state.is === "error" || state.is === "signed_out";
  return { type: content.type, width, isLabelled: Boolean(label), saysMore };
}

function useSend(): (control: string, event: ControlEvent) => void {
  const platform = useAppPlatform();
  const notices = useNotices();
  const fail = useRef(notices.fail);
  fail.current = notices.fail;
  return useMemo(() => {
    const queue = new EventQueue(
      (control, event) => platform.appEvent(control, event),
      (cause) => fail.current("That did not work", cause),
    );
    return (control, event) => queue.push(control, event);
  }, [platform]);
}
