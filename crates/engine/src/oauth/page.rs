//! The pages that a browser sees when it comes back: plain words, no code, no asset, nothing of the request but
//! a refusal's own words, escaped (SAFETY Z13).

/// The callback was taken.
pub(super) fn returned() -> String {
    page(
        "Back to Latchwork",
        "Latchwork has the provider's answer and goes on with it. You may close this page.",
    )
}

/// The callback was taken before.
pub(super) fn already_done() -> String {
    page(
        "Already done",
        "Latchwork has this answer already. Nothing more happens here; you may close this page.",
    )
}

/// The path is another one.
pub(super) fn not_here() -> String {
    page("Nothing here", "Latchwork waits at another address.")
}

/// The host is another one.
pub(super) fn refused_host() -> String {
    page(
        "Refused",
        "This address belongs to Latchwork, and was called by another name.",
    )
}

/// The method is another one.
pub(super) fn refused_method() -> String {
    page(
        "Refused",
        "Latchwork takes an answer from a browser's own visit only.",
    )
}

/// A callback that was refused, and why.
pub(super) fn refused(why: &str) -> String {
    page(
        "Refused",
        &format!("Latchwork did not take this: {why}. A sign-in that waits goes on waiting."),
    )
}

/// A heading and a paragraph; both are text.
fn page(heading: &str, text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{heading}</title><h1>{heading}</h1><p>{text}</p></html>"
    )
}
