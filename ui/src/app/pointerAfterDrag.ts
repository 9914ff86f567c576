/**
 * The first click after a drag. WebKitGTK never says that the pointer went up where a drag of the system's began, so
 * it takes the button for pressed still, and the next press comes as `mousedown` alone, without `pointerdown`: what
 * listens for pointers (React Aria's buttons do) would miss one click. Here that press is told in the engine's place.
 */
export function mendPointerAfterDrag(target: Window): () => void {
  let isOwed = false;
  const began = () => {
    isOwed = true;
  };
  const told = () => {
    isOwed = false;
  };
  const pressed = (event: MouseEvent) => {
    if (!isOwed) return;
    isOwed = false;
    event.target?.dispatchEvent(
      new PointerEvent("pointerdown", {
        bubbles: true,
        cancelable: true,
        composed: true,
        pointerId: 1,
        pointerType: "mouse",
        isPrimary: true,
        // A press without size or pressure would pass for one by a screen reader.
        width: 1,
        height: 1,
        pressure: 0.5,
        button: event.button,
        buttons: event.buttons,
        clientX: event.clientX,
        clientY: event.clientY,
        screenX: event.screenX,
        screenY: event.screenY,
        ctrlKey: event.ctrlKey,
        shiftKey: event.shiftKey,
        altKey: event.altKey,
        metaKey: event.metaKey,
      }),
    );
  };
  target.addEventListener("dragend", began, true);
  target.addEventListener("pointerdown", told, true);
  target.addEventListener("mousedown", pressed, true);
  return () => {
    target.removeEventListener("dragend", began, true);
    target.removeEventListener("pointerdown", told, true);
    target.removeEventListener("mousedown", pressed, true);
  };
}
