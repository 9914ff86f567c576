//! What commands that cannot be read get: the place, and what is wrong there.

use latchwork_exchange::{CurlErrorKind, TEXT_LIMIT, from_curl};

fn message(text: &str) -> String {
    from_curl(text).expect_err("it cannot be read").to_string()
}

#[test]
fn an_error_names_line_and_column() {
    assert_eq!(
        message("curl 'https://x.example/' \\\n  --heder 'a: b'"),
        "line 2, column 3: curl has no option `--heder`"
    );
    assert_eq!(
        message("curl https://x.example/ -d 'abc"),
        "line 1, column 28: the quote ' that begins here is never closed: was all of the command copied?"
    );
    assert_eq!(
        message("curl https://é.example/ -sΩ"),
        "line 1, column 25: curl has no option `-Ω`"
    );
    assert_eq!(
        message("curl https://x.example/ -H"),
        "line 1, column 27: `-H` wants a value, and nothing follows"
    );
    assert_eq!(
        message("wget https://x.example/"),
        "line 1, column 1: this is no cURL command: it begins with `wget`"
    );
    assert_eq!(message("  \n "), "line 1, column 1: there is no command");
    assert_eq!(
        message("curl -s"),
        "line 1, column 8: the command has no address"
    );
    assert_eq!(
        message("curl ftp://x.example/"),
        "line 1, column 6: the address cannot be read: `ftp` is not http or https"
    );
    assert_eq!(
        message("curl -X 'GE T' https://x.example/"),
        "line 1, column 9: `GE T` is not a method"
    );
}

#[test]
fn a_powershell_request_is_told_what_to_copy_instead() {
    for text in [
        "Invoke-WebRequest -Uri \"https://x.example/\"",
        "$session = New-Object Microsoft.PowerShell",
    ] {
        assert_eq!(
            from_curl(text).expect_err("no cURL").kind,
            CurlErrorKind::PowerShellRequest
        );
    }
    assert!(from_curl("curl https://x.example/ -H 'X: Invoke-WebRequest'").is_ok());
}

#[test]
fn z31_an_error_repeats_neither_the_query_nor_a_header_value() {
    for text in [
        "curl 'https://[x/?token=hunter2secret'",
        "curl https://x.example/ -H $'Authorization: hunter2secret\\r\\nX: y'",
        "curl https://x.example/ -d 'hunter2secret",
    ] {
        let found = message(text);
        assert!(!found.contains("hunter2secret"), "{found}");
    }
}

#[test]
fn a_header_that_would_split_the_request_is_refused() {
    let error =
        from_curl("curl https://x.example/ -H $'A: b\\r\\nC: d'").expect_err("two headers in one");
    assert!(matches!(error.kind, CurlErrorKind::InvalidHeader { ref name, .. } if name == "A"));
}

#[test]
fn more_than_the_limit_is_not_read() {
    let text = format!("curl https://x.example/ -d {}", "a".repeat(TEXT_LIMIT));
    assert!(matches!(
        from_curl(&text).expect_err("too large").kind,
        CurlErrorKind::TooLarge { .. }
    ));
}

#[test]
fn a_large_body_within_the_limit_is_read() {
    let text = format!(
        "curl https://x.example/ -d '{}'",
        "{{".repeat(TEXT_LIMIT / 2 - 100)
    );
    assert!(from_curl(&text).is_ok());
}
