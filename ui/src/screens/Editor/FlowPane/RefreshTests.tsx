import { Button } from "@/components/Button/Button";
import { useEditor } from "@/editor/EditorContext";
import styles from "./FlowPane.module.css";

/** Runs the renewal by itself, and as an API would set it off. */
export function RefreshTests() {
  const { run, startRun } = useEditor();
  return (
    <div className={styles.tests}>
      <Button small grow isDisabled={run.isRunning} onPress={() => startRun({ type: "refresh_flow" })}>
        Test refresh flow
      </Button>
      <Button small grow isDisabled={run.isRunning} onPress={() => startRun({ type: "simulate_401" })}>
        Simulate 401
      </Button>
    </div>
  );
}
