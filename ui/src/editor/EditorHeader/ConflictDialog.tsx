import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { momentText } from "@/model/format";

interface Props {
  /** What it is: "connector". */
  noun: string;
  savedAt: number;
  onClose: () => void;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** It was saved elsewhere in the meantime. Nothing is lost until the person chooses. */
export function ConflictDialog({ noun, savedAt, onClose, onKeepMine, onTakeTheirs }: Props) {
  return (
    <Dialog title={`This ${noun} was saved elsewhere`} isOpen onClose={onClose} role="alertdialog">
      Another window or program saved it at {momentText(savedAt)}. Your changes are kept as a draft until you
      choose which one stays.
      <DialogActions>
        <Button onPress={onClose}>Decide later</Button>
        <Button onPress={onTakeTheirs}>Take the saved one</Button>
        <Button kind="primary" onPress={onKeepMine}>
          Save mine over it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
