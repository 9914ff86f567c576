import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";

interface Props {
  /** The preset's name. */
  name: string;
  onClose: () => void;
  onKeep: () => void;
  onEmpty: () => void;
}

/** Multistep was chosen over a preset that is filled in: it need not be given up. */
export function KeepPresetDialog({ name, onClose, onKeep, onEmpty }: Props) {
  const closing = (action: () => void) => () => {
    onClose();
    action();
  };
  return (
    <Dialog title={`Keep what “${name}” has?`} isOpen onClose={onClose}>
      <p>
        It can be turned into the steps, request parameters and signing that it is made of, to be seen and
        changed one by one. It goes on working as before.
      </p>
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button onPress={closing(onEmpty)}>Begin empty</Button>
        <Button kind="primary" autoFocus onPress={closing(onKeep)}>
          Turn into multistep
        </Button>
      </DialogActions>
    </Dialog>
  );
}
