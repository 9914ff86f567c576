//! The search finds what people mean, and always in the same order.

use latchwork_catalogue::{entries, find, search};

fn ids(query: &str) -> Vec<&'static str> {
    search(query).iter().map(|entry| entry.id).collect()
}

#[test]
fn nothing_typed_is_everything_by_title() {
    let titles: Vec<String> = search("  ")
        .iter()
        .map(|entry| entry.about.title.to_lowercase())
        .collect();
    assert_eq!(titles.len(), entries().len());
    assert!(titles.is_sorted(), "{titles:?}");
}

#[test]
fn one_typo_is_forgiven() {
    // A letter missing, too many, wrong, swapped.
    for query in ["slck", "slacck", "slaxk", "salck"] {
        assert_eq!(ids(query).first(), Some(&"slack"), "{query}");
    }
    assert_eq!(ids("quickbocks"), ["quickbooks"]);
    assert_eq!(
        ids("salesf0"),
        ["salesforce"],
        "typed half way, with a typo"
    );
    assert!(ids("slcj").is_empty(), "two typos are another word");
    assert!(
        !ids("sap").contains(&"stripe"),
        "short words are taken as they are"
    );
}

#[test]
fn case_and_accents_do_not_count() {
    assert_eq!(ids("SLÁCK").first(), Some(&"slack"));
    assert_eq!(ids("Nótion"), ["notion"]);
}

#[test]
fn a_title_is_nearer_than_a_word_and_a_word_than_a_typo() {
    assert_eq!(ids("google"), ["google", "google-service-account"]);
    assert_eq!(ids("x").first(), Some(&"x"));
    assert_eq!(ids("jira"), ["jira-cloud", "jira-server"]);
    let atlassian = ids("atlassian");
    assert_eq!(atlassian, ["jira-cloud", "jira-server", "trello"]);
}

#[test]
fn every_word_has_to_be_found() {
    assert_eq!(ids("jira cookie"), ["jira-server"]);
    assert_eq!(ids("accounting tenant"), ["xero"]);
    assert!(ids("jira payments").is_empty());
}

#[test]
fn words_may_be_joined_or_apart() {
    assert_eq!(ids("git hub").first(), Some(&"github"));
    assert_eq!(ids("jiracloud"), ["jira-cloud"]);
    assert_eq!(ids("sage-intacct"), ["sage-intacct"]);
}

#[test]
fn a_category_and_a_method_are_found() {
    let payments = ids("payments");
    assert!(payments.contains(&"stripe"), "{payments:?}");
    let pkce = ids("pkce");
    assert!(pkce.contains(&"x") && pkce.contains(&"slack"), "{pkce:?}");
    assert!(!pkce.contains(&"okta"));
}

#[test]
fn what_nobody_wrote_down_is_not_found() {
    assert!(ids("weather").is_empty());
    assert!(
        ids("!?*").len() == entries().len(),
        "no words, so everything"
    );
    assert!(find("slack").is_some() && find("Slack").is_none());
}
