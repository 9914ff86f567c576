//! Dates and times as providers write them: Unix seconds or a refusal, and seconds that were written are read back
//! the same.
//!
//! The first line is the format, all behind it is the time.

use crate::input::{first_line, text};
use crate::rendering::render;

/// A format and a time.
pub fn run(data: &[u8]) {
    let text = text(data);
    let (format, time) = first_line(&text);
    let names = [("format", format), ("time", time)];
    for template in [
        "{{ time | parse_time(format) }}",
        "{{ time | format_time(format) }}",
        "{{ 1700000000 | format_time(format) }}",
    ] {
        let _ = render(template, &names);
    }
    let Ok(seconds) = render("{{ time | parse_time }}", &names) else {
        return;
    };
    assert!(seconds.is_i64(), "{seconds}");
    let there_and_back = "{{ time | parse_time | format_time | parse_time }}";
    if let Ok(back) = render(there_and_back, &names) {
        assert_eq!(back, seconds, "{time}");
    }
}
