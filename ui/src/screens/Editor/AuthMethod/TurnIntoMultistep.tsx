import { ListTree } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/Button/Button";
import { useTurnIntoMultistep } from "./useTurnIntoMultistep";

/** Shows a preset as what it is made of. Nothing is lost, so nothing is asked. */
export function TurnIntoMultistep() {
  const turn = useTurnIntoMultistep();
  const [isTurning, setIsTurning] = useState(false);
  return (
    <Button
      isDisabled={isTurning}
      onPress={async () => {
        setIsTurning(true);
        await turn();
        setIsTurning(false);
      }}
    >
      <ListTree size={14} aria-hidden />
      Turn into multistep
    </Button>
  );
}
