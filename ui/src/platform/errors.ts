import type { AppError } from "./wire";

/** Whatever a rejected command carried, as an error value that can be shown. */
export function toAppError(cause: unknown): AppError {
  if (typeof cause === "object" && cause !== null && "code" in cause && "message" in cause) {
    const error = cause as Partial<AppError>;
    return {
      code: String(error.code),
      message: String(error.message),
      hint: error.hint ?? null,
      step: error.step ?? null,
      field: error.field ?? null,
      retryable: error.retryable ?? false,
    };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return { code: "window.unexpected", message, hint: null, step: null, field: null, retryable: false };
}
