//! curl's options: which there are, which take a value, and what they mean for a request.

/// What an option means for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Method,
    Header,
    Data(DataKind),
    Form,
    FormString,
    Get,
    Head,
    Upload,
    User,
    Bearer,
    Cookie,
    UserAgent,
    Referer,
    Location,
    MaxTime,
    Url,
    UrlQuery,
    Insecure,
    /// The requests behind it are others.
    Next,
    /// Says how curl prints or stores, nothing about the request; or what is done anyway.
    Printing,
    /// Belongs to the connector's network settings.
    Network,
    /// Another way of signing in.
    OtherAuth,
    /// Anything else.
    Other,
}

/// How data is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DataKind {
    /// `@` names a file.
    Plain,
    /// `@` is a character.
    Raw,
    UrlEncode,
    Json,
}

/// An option of curl.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CurlOption {
    pub long: &'static str,
    short: char,
    pub takes_value: bool,
    pub meaning: Meaning,
}

/// The option of this long name, without its dashes. `--no-…` switches a flag off.
pub(crate) fn by_long(name: &str) -> Option<(CurlOption, bool)> {
    let find = |name: &str| OPTIONS.iter().find(|option| option.long == name).copied();
    if let Some(option) = find(name) {
        return Some((option, true));
    }
    let option = find(name.strip_prefix("no-")?)?;
    (!option.takes_value).then_some((option, false))
}

/// The option of this letter.
pub(crate) fn by_short(letter: char) -> Option<CurlOption> {
    OPTIONS
        .iter()
        .find(|option| option.short == letter && letter != NO_LETTER)
        .copied()
}

const NO_LETTER: char = '\0';

const fn flag(short: char, long: &'static str, meaning: Meaning) -> CurlOption {
    CurlOption {
        long,
        short,
        takes_value: false,
        meaning,
    }
}

const fn value(short: char, long: &'static str, meaning: Meaning) -> CurlOption {
    CurlOption {
        long,
        short,
        takes_value: true,
        meaning,
    }
}

use Meaning::{Network, Other, OtherAuth, Printing};

/// As `curl --help all` of curl 8 lists them, those of other protocols left out.
const OPTIONS: &[CurlOption] = &[
    value('X', "request", Meaning::Method),
    value('H', "header", Meaning::Header),
    value('d', "data", Meaning::Data(DataKind::Plain)),
    value(NO_LETTER, "data-ascii", Meaning::Data(DataKind::Plain)),
    value(NO_LETTER, "data-binary", Meaning::Data(DataKind::Plain)),
    value(NO_LETTER, "data-raw", Meaning::Data(DataKind::Raw)),
    value(
        NO_LETTER,
        "data-urlencode",
        Meaning::Data(DataKind::UrlEncode),
    ),
    value(NO_LETTER, "json", Meaning::Data(DataKind::Json)),
    value('F', "form", Meaning::Form),
    value(NO_LETTER, "form-string", Meaning::FormString),
    flag('G', "get", Meaning::Get),
    flag('I', "head", Meaning::Head),
    value('T', "upload-file", Meaning::Upload),
    value('u', "user", Meaning::User),
    value(NO_LETTER, "oauth2-bearer", Meaning::Bearer),
    value('b', "cookie", Meaning::Cookie),
    value('A', "user-agent", Meaning::UserAgent),
    value('e', "referer", Meaning::Referer),
    flag('L', "location", Meaning::Location),
    flag(NO_LETTER, "location-trusted", Meaning::Location),
    value('m', "max-time", Meaning::MaxTime),
    value(NO_LETTER, "url", Meaning::Url),
    value(NO_LETTER, "url-query", Meaning::UrlQuery),
    flag('k', "insecure", Meaning::Insecure),
    flag(':', "next", Meaning::Next),
    flag(NO_LETTER, "compressed", Printing),
    flag('s', "silent", Printing),
    flag('S', "show-error", Printing),
    flag('v', "verbose", Printing),
    flag('i', "include", Printing),
    flag(NO_LETTER, "show-headers", Printing),
    flag('f', "fail", Printing),
    flag(NO_LETTER, "fail-with-body", Printing),
    flag(NO_LETTER, "fail-early", Printing),
    flag('g', "globoff", Printing),
    flag('#', "progress-bar", Printing),
    flag(NO_LETTER, "progress-meter", Printing),
    flag(NO_LETTER, "styled-output", Printing),
    flag('N', "no-buffer", Printing),
    flag(NO_LETTER, "buffer", Printing),
    flag('j', "junk-session-cookies", Printing),
    flag('J', "remote-header-name", Printing),
    flag('O', "remote-name", Printing),
    flag(NO_LETTER, "remote-name-all", Printing),
    flag('R', "remote-time", Printing),
    flag('q', "disable", Printing),
    flag('M', "manual", Printing),
    flag('V', "version", Printing),
    flag(NO_LETTER, "trace-time", Printing),
    flag(NO_LETTER, "trace-ids", Printing),
    flag(NO_LETTER, "create-dirs", Printing),
    flag(NO_LETTER, "no-clobber", Printing),
    flag(NO_LETTER, "clobber", Printing),
    flag(NO_LETTER, "remove-on-error", Printing),
    flag(NO_LETTER, "skip-existing", Printing),
    flag(NO_LETTER, "path-as-is", Printing),
    value('o', "output", Printing),
    value(NO_LETTER, "output-dir", Printing),
    value('w', "write-out", Printing),
    value('D', "dump-header", Printing),
    value('c', "cookie-jar", Printing),
    value(NO_LETTER, "trace", Printing),
    value(NO_LETTER, "trace-ascii", Printing),
    value(NO_LETTER, "trace-config", Printing),
    value(NO_LETTER, "stderr", Printing),
    value(NO_LETTER, "libcurl", Printing),
    value(NO_LETTER, "etag-save", Printing),
    value(NO_LETTER, "max-filesize", Printing),
    flag('0', "http1.0", Network),
    flag(NO_LETTER, "http1.1", Network),
    flag(NO_LETTER, "http2", Network),
    flag(NO_LETTER, "http2-prior-knowledge", Network),
    flag(NO_LETTER, "http3", Network),
    flag(NO_LETTER, "http3-only", Network),
    flag('4', "ipv4", Network),
    flag('6', "ipv6", Network),
    flag('1', "tlsv1", Network),
    flag('2', "sslv2", Network),
    flag('3', "sslv3", Network),
    flag(NO_LETTER, "tlsv1.0", Network),
    flag(NO_LETTER, "tlsv1.1", Network),
    flag(NO_LETTER, "tlsv1.2", Network),
    flag(NO_LETTER, "tlsv1.3", Network),
    flag(NO_LETTER, "ssl-no-revoke", Network),
    flag(NO_LETTER, "ssl-revoke-best-effort", Network),
    flag(NO_LETTER, "ca-native", Network),
    flag(NO_LETTER, "proxy-insecure", Network),
    flag(NO_LETTER, "proxy-basic", Network),
    flag('p', "proxytunnel", Network),
    flag(NO_LETTER, "keepalive", Network),
    flag(NO_LETTER, "tcp-nodelay", Network),
    flag(NO_LETTER, "tcp-fastopen", Network),
    flag(NO_LETTER, "alpn", Network),
    flag(NO_LETTER, "npn", Network),
    flag(NO_LETTER, "doh-insecure", Network),
    value('x', "proxy", Network),
    value('U', "proxy-user", Network),
    value(NO_LETTER, "proxy-header", Network),
    value(NO_LETTER, "preproxy", Network),
    value(NO_LETTER, "noproxy", Network),
    value(NO_LETTER, "socks4", Network),
    value(NO_LETTER, "socks4a", Network),
    value(NO_LETTER, "socks5", Network),
    value(NO_LETTER, "socks5-hostname", Network),
    value(NO_LETTER, "cacert", Network),
    value(NO_LETTER, "capath", Network),
    value('E', "cert", Network),
    value(NO_LETTER, "cert-type", Network),
    value(NO_LETTER, "key", Network),
    value(NO_LETTER, "key-type", Network),
    value(NO_LETTER, "pass", Network),
    value(NO_LETTER, "pinnedpubkey", Network),
    value(NO_LETTER, "ciphers", Network),
    value(NO_LETTER, "tls13-ciphers", Network),
    value(NO_LETTER, "tls-max", Network),
    value(NO_LETTER, "curves", Network),
    value(NO_LETTER, "connect-timeout", Network),
    value(NO_LETTER, "connect-to", Network),
    value(NO_LETTER, "resolve", Network),
    value(NO_LETTER, "interface", Network),
    value(NO_LETTER, "local-port", Network),
    value(NO_LETTER, "dns-servers", Network),
    value(NO_LETTER, "doh-url", Network),
    value(NO_LETTER, "unix-socket", Network),
    value(NO_LETTER, "abstract-unix-socket", Network),
    value(NO_LETTER, "keepalive-time", Network),
    value(NO_LETTER, "limit-rate", Network),
    value('y', "speed-time", Network),
    value('Y', "speed-limit", Network),
    flag(NO_LETTER, "basic", Printing),
    flag(NO_LETTER, "digest", OtherAuth),
    flag(NO_LETTER, "ntlm", OtherAuth),
    flag(NO_LETTER, "negotiate", OtherAuth),
    flag(NO_LETTER, "anyauth", OtherAuth),
    flag('n', "netrc", OtherAuth),
    flag(NO_LETTER, "netrc-optional", OtherAuth),
    value(NO_LETTER, "netrc-file", OtherAuth),
    value(NO_LETTER, "aws-sigv4", OtherAuth),
    value(NO_LETTER, "delegation", OtherAuth),
    value(NO_LETTER, "service-name", OtherAuth),
    flag('a', "append", Other),
    flag('B', "use-ascii", Other),
    flag('l', "list-only", Other),
    flag('Z', "parallel", Other),
    flag(NO_LETTER, "parallel-immediate", Other),
    flag(NO_LETTER, "post301", Other),
    flag(NO_LETTER, "post302", Other),
    flag(NO_LETTER, "post303", Other),
    flag(NO_LETTER, "raw", Other),
    flag(NO_LETTER, "tr-encoding", Other),
    flag(NO_LETTER, "form-escape", Other),
    flag(NO_LETTER, "ignore-content-length", Other),
    flag(NO_LETTER, "retry-connrefused", Other),
    flag(NO_LETTER, "retry-all-errors", Other),
    flag(NO_LETTER, "xattr", Other),
    value('K', "config", Other),
    value('r', "range", Other),
    value('C', "continue-at", Other),
    value('z', "time-cond", Other),
    value('t', "telnet-option", Other),
    value('Q', "quote", Other),
    value('P', "ftp-port", Other),
    value(NO_LETTER, "retry", Other),
    value(NO_LETTER, "retry-delay", Other),
    value(NO_LETTER, "retry-max-time", Other),
    value(NO_LETTER, "max-redirs", Other),
    value(NO_LETTER, "rate", Other),
    value(NO_LETTER, "etag-compare", Other),
    value(NO_LETTER, "expect100-timeout", Other),
    value(NO_LETTER, "proto", Other),
    value(NO_LETTER, "proto-default", Other),
    value(NO_LETTER, "proto-redir", Other),
    value(NO_LETTER, "request-target", Other),
    value(NO_LETTER, "hsts", Other),
    value(NO_LETTER, "alt-svc", Other),
    value(NO_LETTER, "parallel-max", Other),
    value(NO_LETTER, "variable", Other),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{NO_LETTER, OPTIONS, by_long};

    #[test]
    fn no_option_is_listed_twice() {
        let mut names = HashSet::new();
        let mut letters = HashSet::new();
        for option in OPTIONS {
            assert!(names.insert(option.long), "--{}", option.long);
            assert!(
                option.short == NO_LETTER || letters.insert(option.short),
                "-{}",
                option.short
            );
        }
    }

    #[test]
    fn flags_can_be_switched_off_and_options_with_values_cannot() {
        assert!(matches!(by_long("no-location"), Some((_, false))));
        assert!(by_long("no-header").is_none());
    }
}
