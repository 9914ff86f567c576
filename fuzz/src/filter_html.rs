//! Pages as servers send them, which are no XML: what people look for in them is found or not found, and reading
//! the page never fails for what it holds.

use crate::input::text;
use crate::rendering::render;

/// What login pages are asked for.
const PATHS: &[&str] = &[
    "//input[@name='csrf']/@value",
    "//meta[@name='csrf-token']/@content",
    "string(//title)",
    "//form//input",
    "//script[last()]/text()",
    "//template//*",
    "count(//*)",
];

/// The page.
pub fn run(data: &[u8]) {
    let page = text(data);
    for path in PATHS {
        let names = [("page", &*page), ("path", *path)];
        let found = render("{{ page | xpath_all(path) }}", &names);
        let found = found.unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(found.is_array(), "{path}: {found}");
    }
}
