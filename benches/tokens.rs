//! How fast tokens and sentences are found: the example articles, on one core.
//! `tokens_beside_peers.py` runs other programs on the same text.

use divan::Bencher;
use divan::counter::BytesCount;
use wiezei::tokenize::tokenize;

fn main() {
    divan::main();
}

/// All example articles, one after the other, `times` times.
fn articles(times: usize) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the example articles")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let read = |path| std::fs::read_to_string(path).expect("an article") + "\n\n";
    paths.iter().map(read).collect::<String>().repeat(times)
}

#[divan::bench(sample_count = 20)]
fn news(bencher: Bencher<'_, '_>) {
    let text = articles(50);
    bencher.counter(BytesCount::of_str(&text)).bench(|| tokenize(&text));
}

/// Texts that would be slow if any step looked at them twice too often: their
/// throughput is to be of the order of that of news.
#[divan::bench(sample_count = 10, args = ["a", "a.", "'", ".", "7", "a@", "a'", "(a", "\" . "])]
fn runs(bencher: Bencher<'_, '_>, run: &str) {
    let text = run.repeat((1 << 20) / run.len());
    bencher.counter(BytesCount::of_str(&text)).bench(|| tokenize(&text));
}
