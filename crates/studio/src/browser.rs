//! Addresses that may be opened in the system's browser (SAFETY Z7).

use url::Url;

use crate::error::StudioError;
use crate::wire::AppError;

/// An address for the browser, parsed and written again: http and https only, nothing that a shell or another
/// program could take for something else.
pub fn browser_address(text: &str) -> Result<String, AppError> {
    let refuse = || {
        let address = text
            .chars()
            .filter(|character| !character.is_control())
            .take(80)
            .collect();
        AppError::from(StudioError::NotABrowserAddress { address })
    };
    let url = Url::parse(text.trim()).map_err(|_| refuse())?;
    if !matches!(url.scheme(), "http" | "https")
        || url.host().is_none()
        || !url.username().is_empty()
        || url.password().is_some()
    {
        return Err(refuse());
    }
    Ok(url.to_string())
}

#[cfg(test)]
mod tests {
    use super::browser_address;

    #[test]
    fn z7_only_web_addresses_are_opened_and_they_are_written_again() {
        assert_eq!(
            browser_address("https://example.com/a b").unwrap(),
            "https://example.com/a%20b"
        );
        for text in [
            "file:///etc/passwd",
            "smb://host/share",
            "javascript:alert(1)",
            "--flag",
            "$(reboot)",
            "",
            "mailto:a@b",
            "https://user@host/",
            "https://:password@host/",
            "https://",
            "data:text/html,x",
        ] {
            assert!(browser_address(text).is_err(), "{text}");
        }
        assert_eq!(
            browser_address("https://x.example/\n--flag").unwrap(),
            "https://x.example/--flag"
        );
    }
}
