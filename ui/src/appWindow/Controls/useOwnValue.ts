/** A value that a person has just changed, until the core says another. */
import { useState } from "react";

export function useOwnValue<Value>(told: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState(told);
  const [known, setKnown] = useState(told);
  if (known !== told) {
    setKnown(told);
    setValue(told);
    return [told, setValue];
  }
  return [value, setValue];
}
