//! The words of the template language: what a step must not be called, and what completion offers.
//!
//! The engine tests that these lists are what its environment has, no more and no less.

/// A filter, function or test, with how it is used and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its name.
    pub name: &'static str,
    /// How it is written with its arguments: `hash("sha256")`.
    pub usage: &'static str,
    /// What it does, in a line.
    pub about: &'static str,
}

const fn word(name: &'static str, usage: &'static str, about: &'static str) -> Word {
    Word { name, usage, about }
}

/// The words of the language's syntax, and the names it gives a meaning of their own.
pub const RESERVED_WORDS: &[&str] = &[
    "and",
    "as",
    "autoescape",
    "block",
    "break",
    "call",
    "caller",
    "context",
    "continue",
    "do",
    "elif",
    "else",
    "endautoescape",
    "endblock",
    "endcall",
    "endfilter",
    "endfor",
    "endif",
    "endmacro",
    "endraw",
    "endset",
    "endwith",
    "extends",
    "false",
    "filter",
    "for",
    "from",
    "if",
    "ignore",
    "import",
    "in",
    "include",
    "is",
    "kwargs",
    "loop",
    "macro",
    "missing",
    "none",
    "not",
    "or",
    "raw",
    "recursive",
    "required",
    "scoped",
    "self",
    "set",
    "super",
    "true",
    "varargs",
    "with",
    "without",
];

/// Whether a step must not have this id: it is a word or a function of the template language.
pub fn is_reserved_word(name: &str) -> bool {
    RESERVED_WORDS.contains(&name) || is_function(name)
}

/// Whether a name is one of the functions.
pub(super) fn is_function(name: &str) -> bool {
    FUNCTIONS.iter().any(|function| function.name == name)
}

/// The functions.
pub const FUNCTIONS: &[Word] = &[
    word(
        "cookie",
        "cookie(\"name\")",
        "A cookie that the answer at hand has set",
    ),
    word("dict", "dict(a=1)", "An object of these members"),
    word(
        "namespace",
        "namespace(found=false)",
        "An object whose members a loop can set",
    ),
    word(
        "now",
        "now()",
        "The time in whole Unix seconds, the same throughout a request",
    ),
    word(
        "random_hex",
        "random_hex(16)",
        "So many random bytes as hex digits, the same throughout a request",
    ),
    word("range", "range(3)", "The numbers 0, 1, 2"),
    word(
        "uuid",
        "uuid()",
        "A random UUID, the same throughout a request",
    ),
];

/// The filters.
pub const FILTERS: &[Word] = &[
    word("abs", "abs", "The number without its sign"),
    word("attr", "attr(\"key\")", "A member whose name is a value"),
    word(
        "base64decode",
        "base64decode",
        "Base64 or base64url back to text, or to bytes where it is no text",
    ),
    word("base64encode", "base64encode", "Text or bytes as base64"),
    word(
        "base64url",
        "base64url",
        "Text or bytes as base64url without padding",
    ),
    word("batch", "batch(3)", "The list in lists of so many"),
    word("bool", "bool", "True or false"),
    word(
        "capitalize",
        "capitalize",
        "First letter upper case, the rest lower case",
    ),
    word("chain", "chain(list)", "Two lists one after the other"),
    word(
        "cookie",
        "cookie(\"name\")",
        "The value of a cookie in a Cookie or Set-Cookie header, or in headers",
    ),
    word("count", "count", "How many there are"),
    word("d", "d(\"\")", "Another value where this one is not there"),
    word(
        "default",
        "default(\"\")",
        "Another value where this one is not there",
    ),
    word("dictsort", "dictsort", "The members as pairs, sorted"),
    word("e", "e", "The text with HTML's special characters escaped"),
    word(
        "escape",
        "escape",
        "The text with HTML's special characters escaped",
    ),
    word("first", "first", "The first of a list"),
    word("float", "float", "The number with a fraction"),
    word("format", "format(a, b)", "A printf-like text filled in"),
    word(
        "format_time",
        "format_time(\"%Y-%m-%dT%H:%M:%SZ\")",
        "Unix seconds as a date and time in UTC",
    ),
    word(
        "groupby",
        "groupby(\"key\")",
        "The list in groups by a member",
    ),
    word(
        "hash",
        "hash(\"sha256\")",
        "A digest: md5, sha1, sha256, sha384 or sha512",
    ),
    word("hexencode", "hexencode", "Text or bytes as hex digits"),
    word("hmac", "hmac(\"sha256\", key)", "A keyed digest"),
    word("indent", "indent(2)", "The lines moved to the right"),
    word("int", "int", "The whole number"),
    word("items", "items", "The members as pairs"),
    word("join", "join(\", \")", "The list as one text"),
    word("json", "json", "The value as JSON text"),
    word(
        "jsonpath",
        "jsonpath(\"$.a[0]\")",
        "The first that a JSONPath finds",
    ),
    word(
        "jsonpath_all",
        "jsonpath_all(\"$.a[*]\")",
        "All that a JSONPath finds",
    ),
    word(
        "jwt_decode",
        "jwt_decode",
        "A JWT's header and claims, its signature not checked",
    ),
    word(
        "jwt_sign",
        "jwt_sign(key, alg=\"RS256\")",
        "An object of claims as a signed JWT",
    ),
    word("last", "last", "The last of a list"),
    word("length", "length", "How many there are"),
    word("lines", "lines", "The lines of the text as a list"),
    word("list", "list", "The value as a list"),
    word("lower", "lower", "The text in lower case"),
    word(
        "map",
        "map(attribute=\"id\")",
        "A member of each, or a filter applied to each",
    ),
    word("max", "max", "The largest"),
    word("min", "min", "The smallest"),
    word(
        "options",
        "options(\"id\", \"name\")",
        "Objects as what a select offers: which member is the value, and which is read",
    ),
    word("parse_json", "parse_json", "JSON text as a value"),
    word(
        "parse_time",
        "parse_time",
        "A date and time as Unix seconds",
    ),
    word(
        "pem_fingerprint",
        "pem_fingerprint",
        "The digest of a PEM certificate or public key",
    ),
    word("pprint", "pprint", "The value laid out for reading"),
    word(
        "regex",
        "regex(\"id=(\\\\d+)\")",
        "The first group of the first match",
    ),
    word(
        "regex_all",
        "regex_all(\"id=(\\\\d+)\")",
        "The first group of every match",
    ),
    word(
        "reject",
        "reject(\"odd\")",
        "Those that a test does not hold for",
    ),
    word(
        "rejectattr",
        "rejectattr(\"active\")",
        "Those whose member a test does not hold for",
    ),
    word(
        "replace",
        "replace(\"a\", \"b\")",
        "The text with one part put for another",
    ),
    word("reverse", "reverse", "The other way round"),
    word("round", "round(2)", "The number rounded"),
    word("safe", "safe", "In an address: keeps the slashes"),
    word("select", "select(\"odd\")", "Those that a test holds for"),
    word(
        "selectattr",
        "selectattr(\"active\")",
        "Those whose member a test holds for",
    ),
    word(
        "sign",
        "sign(\"ed25519\", key)",
        "A signature: ed25519, rs256, es256 or hmac-sha256",
    ),
    word("slice", "slice(3)", "The list in so many lists"),
    word("sort", "sort", "The list sorted"),
    word("split", "split(\",\")", "The text in parts"),
    word("string", "string", "The value as text"),
    word("sum", "sum", "The numbers added up"),
    word("title", "title", "Every word with an upper case letter"),
    word("tojson", "tojson", "The value as JSON text, safe in HTML"),
    word("trim", "trim", "The text without whitespace around it"),
    word("unique", "unique", "The list without repeats"),
    word("upper", "upper", "The text in upper case"),
    word(
        "urlencode",
        "urlencode",
        "The text percent-encoded; an object as a query string",
    ),
    word(
        "xmlescape",
        "xmlescape",
        "The text with XML's special characters escaped",
    ),
    word(
        "xpath",
        "xpath(\"//a/text()\")",
        "The first that an XPath finds in XML or HTML",
    ),
    word(
        "xpath_all",
        "xpath_all(\"//a/@href\")",
        "All that an XPath finds in XML or HTML",
    ),
    word("zip", "zip(list)", "Two lists as pairs"),
];

/// The tests, after `is`.
pub const TESTS: &[Word] = &[
    word("!=", "is ne(1)", "Not equal"),
    word("<", "is lt(1)", "Less"),
    word("<=", "is le(1)", "Less or equal"),
    word("==", "is eq(1)", "Equal"),
    word(">", "is gt(1)", "Greater"),
    word(">=", "is ge(1)", "Greater or equal"),
    word("boolean", "is boolean", "True or false"),
    word("defined", "is defined", "It is there"),
    word("divisibleby", "is divisibleby(3)", "Divisible without rest"),
    word("endingwith", "is endingwith(\"a\")", "The text ends so"),
    word("eq", "is eq(1)", "Equal"),
    word("equalto", "is equalto(1)", "Equal"),
    word("escaped", "is escaped", "Marked as safe"),
    word("even", "is even", "An even number"),
    word("false", "is false", "False"),
    word("filter", "is filter", "The name of a filter"),
    word("float", "is float", "A number with a fraction"),
    word("ge", "is ge(1)", "Greater or equal"),
    word("greaterthan", "is greaterthan(1)", "Greater"),
    word("gt", "is gt(1)", "Greater"),
    word("in", "is in([1, 2])", "One of these"),
    word("int", "is int", "A whole number"),
    word("integer", "is integer", "A whole number"),
    word("iterable", "is iterable", "Something to loop over"),
    word("le", "is le(1)", "Less or equal"),
    word("lessthan", "is lessthan(1)", "Less"),
    word("lower", "is lower", "All lower case"),
    word("lt", "is lt(1)", "Less"),
    word("mapping", "is mapping", "An object"),
    word("ne", "is ne(1)", "Not equal"),
    word("none", "is none", "Null"),
    word("number", "is number", "A number"),
    word("odd", "is odd", "An odd number"),
    word("safe", "is safe", "Marked as safe"),
    word("sameas", "is sameas(true)", "The very same value"),
    word("sequence", "is sequence", "A list"),
    word(
        "startingwith",
        "is startingwith(\"a\")",
        "The text starts so",
    ),
    word("string", "is string", "Text"),
    word("test", "is test", "The name of a test"),
    word("true", "is true", "True"),
    word("undefined", "is undefined", "It is not there"),
    word("upper", "is upper", "All upper case"),
];

#[cfg(test)]
mod tests {
    use super::{FILTERS, FUNCTIONS, RESERVED_WORDS, TESTS, is_reserved_word};

    #[test]
    fn lists_are_sorted_and_without_repeats() {
        for list in [FILTERS, FUNCTIONS, TESTS] {
            assert!(
                list.is_sorted_by(|one, next| one.name < next.name),
                "{list:?}"
            );
        }
        assert!(RESERVED_WORDS.is_sorted());
    }

    #[test]
    fn words_and_functions_are_reserved() {
        assert!(
            ["if", "loop", "now", "cookie", "set", "true"]
                .into_iter()
                .all(is_reserved_word)
        );
        assert!(
            !["login", "token", "hash", "renew"]
                .into_iter()
                .any(is_reserved_word)
        );
    }
}
