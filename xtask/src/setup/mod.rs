//! `cargo xtask setup`: finds libtorch, or makes it in the user's cache
//! folder, and links it into the checkout.
//!
//! Here are the order in which places are tried and what is said when all
//! fail. Each place has a file of its own ([`archive`], [`wheel`], [`cache`]);
//! what a folder must be to pass is in [`libtorch`].

mod archive;
mod cache;
mod compiler;
mod elf;
#[cfg(test)]
mod fixture;
mod libtorch;
mod platform;
mod progress;
mod stubs;
mod unpack;
mod wheel;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use crate::checkout::Checkout;
use crate::link::{self, Change};

use self::archive::Archive;
use self::cache::{Cache, Workshop};
use self::libtorch::{Demands, VERSION};
use self::progress::megabytes;
use self::wheel::Wheel;

/// The variable that names a folder as `--libtorch` does.
const VARIABLE: &str = "WIEZEI_LIBTORCH";

/// The file in which a libtorch says where it was taken from.
const ORIGIN_FILE: &str = "where-from.txt";

/// A place from which a libtorch can be made.
trait Source {
    /// The source, for a message.
    fn name(&self) -> String;

    /// How much of the disk it takes while at it, in bytes.
    fn space(&self) -> u64;

    /// Fills the workshop's tree; says exactly what was taken.
    fn make(&self, workshop: &Workshop) -> anyhow::Result<String>;
}

/// A folder that the user named, and how.
#[derive(Debug, Clone)]
struct Named {
    folder: PathBuf,
    by: &'static str,
}

/// A set-up as it was asked for.
struct Setup<'a> {
    checkout: &'a Checkout,
    cache: Cache,
    named: Option<Named>,
    offline: bool,
    sources: Vec<Box<dyn Source>>,
    demands: Demands,
}

/// A place that was tried in vain.
struct Attempt {
    place: String,
    why: String,
}

/// Finds or makes libtorch and links it into the checkout, telling what it
/// does.
///
/// # Errors
///
/// If no place has a libtorch that is fit; the message names all that were
/// tried and the way out.
pub(crate) fn run(
    checkout: &Checkout,
    named: Option<PathBuf>,
    offline: bool,
) -> anyhow::Result<()> {
    compiler::check()?;
    let setup = Setup {
        checkout,
        cache: Cache::of_user()?,
        named: named.map(|folder| Named { folder, by: "--libtorch" }).or_else(named_by_variable),
        offline,
        sources: vec![Box::new(Archive::official()), Box::new(Wheel::pinned())],
        demands: Demands::REAL,
    };
    let folder = setup.find()?;
    setup.link(&folder)?;
    warn_of_variables(checkout);
    Ok(())
}

/// Like [`run`] as the user would call it without arguments, but silent and
/// quick if the checkout is set up already.
///
/// # Errors
///
/// As [`run`].
pub(crate) fn ensure(checkout: &Checkout) -> anyhow::Result<()> {
    let linked = libtorch::check(&checkout.link(), Demands::REAL).is_ok();
    if linked && named_by_variable().is_none() {
        warn_of_variables(checkout);
        return Ok(());
    }
    run(checkout, None, false)
}

fn named_by_variable() -> Option<Named> {
    let folder = env::var_os(VARIABLE).filter(|folder| !folder.is_empty())?;
    Some(Named { folder: folder.into(), by: VARIABLE })
}

/// Variables of the user's own go before those of `.cargo/config.toml`, and
/// would make all of the set-up vain without a word.
fn warn_of_variables(checkout: &Checkout) {
    let link = checkout.link();
    let same = |value: &Path| {
        value == link
            || value.canonicalize().is_ok_and(|at| link.canonicalize().is_ok_and(|to| at == to))
    };
    let warn = |name: &str, value: &Path| {
        eprintln!(
            "warning: {name} is set to {} in your environment, and goes before what was set up: \
             unset it",
            value.display()
        );
    };
    if let Some(value) = env::var_os("LIBTORCH").map(PathBuf::from).filter(|value| !same(value)) {
        warn("LIBTORCH", &value);
    }
    if let Some(value) = env::var_os("LIBTORCH_CXX11_ABI").filter(|value| value != "0") {
        warn("LIBTORCH_CXX11_ABI", Path::new(&value));
    }
    for name in ["LIBTORCH_USE_PYTORCH", "LIBTORCH_INCLUDE", "LIBTORCH_LIB"] {
        if let Some(value) = env::var_os(name) {
            warn(name, Path::new(&value));
        }
    }
}

impl Setup<'_> {
    /// The first place, in the order of this function, that has a libtorch or
    /// can be made to.
    fn find(&self) -> anyhow::Result<PathBuf> {
        if let Some(named) = &self.named {
            return self.take_named(named);
        }
        let mut attempts = vec![Attempt {
            place: "a folder of your own".into(),
            why: format!("none was named, by --libtorch or {VARIABLE}"),
        }];
        if let Some(folder) = self.linked(&mut attempts)? {
            return Ok(folder);
        }
        let libtorch = self.cache.libtorch();
        match self.cached() {
            Ok(()) => return Ok(libtorch),
            Err(why) => attempts
                .push(Attempt { place: format!("the cache folder's {}", libtorch.display()), why }),
        }
        if self.offline {
            for source in &self.sources {
                let why = "not tried, because of --offline".into();
                attempts.push(Attempt { place: source.name(), why });
            }
        } else if !platform::is_x86_64_linux() {
            for source in &self.sources {
                let why =
                    format!("it is for Linux on x86_64 alone, and this is {}", platform::name());
                attempts.push(Attempt { place: source.name(), why });
            }
        } else if self.fetch(&mut attempts)? {
            return Ok(libtorch);
        }
        bail!(failure(&attempts))
    }

    /// A folder that the user names is taken or refused, never passed over
    /// for another.
    fn take_named(&self, named: &Named) -> anyhow::Result<PathBuf> {
        // The archive unpacks to a folder `libtorch`: the one above is meant
        // for it often enough.
        let inner = named.folder.join("libtorch");
        let folder = if inner.join("lib").is_dir() { &inner } else { &named.folder };
        let check = || {
            let folder = folder
                .canonicalize()
                .with_context(|| format!("cannot open {}", folder.display()))?;
            libtorch::check(&folder, self.demands)?;
            if platform::is_x86_64_linux() {
                compiler::try_loading(&folder)?;
            }
            Ok(folder)
        };
        let folder = check().map_err(|why: anyhow::Error| {
            anyhow!(
                "the folder {} that {} names is not fit: {why:#}\n{}",
                named.folder.display(),
                named.by,
                way_out()
            )
        })?;
        eprintln!(
            "Taking libtorch {VERSION} from the folder that {} names: {}, {}",
            named.by,
            folder.display(),
            megabytes(libtorch::size(&folder))
        );
        Ok(folder)
    }

    /// What the checkout's link leads to, if that is fit: a folder that the
    /// user named once need not be named again.
    fn linked(&self, attempts: &mut Vec<Attempt>) -> anyhow::Result<Option<PathBuf>> {
        let link = self.checkout.link();
        let Some(folder) = link::read(&link)? else { return Ok(None) };
        match libtorch::check(&folder, self.demands) {
            Ok(()) => {
                eprintln!(
                    "Set up already: libtorch {VERSION}, {}, {}",
                    folder.display(),
                    megabytes(libtorch::size(&folder))
                );
                Ok(Some(folder))
            }
            Err(why) => {
                let place = format!("where .libtorch points to, {}", folder.display());
                attempts.push(Attempt { place, why: format!("{why:#}") });
                Ok(None)
            }
        }
    }

    /// Whether the copy in the cache is fit; if not, why.
    fn cached(&self) -> Result<(), String> {
        let folder = self.cache.libtorch();
        if !folder.exists() {
            return Err("not there yet".into());
        }
        libtorch::check(&folder, self.demands).map_err(|why| format!("{why:#}"))?;
        eprintln!(
            "Taking libtorch {VERSION} from the cache folder: {}, {}",
            folder.display(),
            megabytes(libtorch::size(&folder))
        );
        Ok(())
    }

    /// Makes the copy in the cache from the first source that succeeds; `false`
    /// if none does.
    fn fetch(&self, attempts: &mut Vec<Attempt>) -> anyhow::Result<bool> {
        let lock = self.cache.lock()?;
        // While this process waited, another may have made what it wants.
        if self.cached().is_ok() {
            return Ok(true);
        }
        for source in &self.sources {
            eprintln!("Taking libtorch {VERSION} from {}", source.name());
            let made = self.cache.make(&lock, source.space(), |workshop| {
                let origin = source.make(workshop)?;
                libtorch::check(&workshop.tree, self.demands)
                    .context("what was unpacked is unfit")?;
                compiler::try_loading(&workshop.tree).context("what was unpacked is unfit")?;
                let text = format!("Put here by wiezei's `cargo xtask setup`, from\n{origin}\n");
                Ok(fs::write(workshop.tree.join(ORIGIN_FILE), text)?)
            });
            match made {
                Ok(()) => {
                    let folder = self.cache.libtorch();
                    eprintln!(
                        "  whole, and kept in {}: {}",
                        folder.display(),
                        megabytes(libtorch::size(&folder))
                    );
                    return Ok(true);
                }
                Err(why) => {
                    let why = format!("{why:#}");
                    eprintln!("  in vain: {why}");
                    attempts.push(Attempt { place: source.name(), why });
                }
            }
        }
        Ok(false)
    }

    fn link(&self, folder: &Path) -> anyhow::Result<()> {
        let change = link::make(&self.checkout.link(), folder)?;
        if let Change::Replaced(old) = &change {
            eprintln!(
                ".libtorch pointed to {} before; clearing what was built with it",
                old.display()
            );
            self.clear_builds();
        }
        eprintln!(
            ".libtorch points to it: plain `cargo build`, `cargo test` and `cargo run` work now"
        );
        Ok(())
    }

    /// Cargo watches the variable `LIBTORCH`, whose value is the link's path
    /// and stays the same, so it would go on using what was compiled and
    /// linked against the other folder.
    fn clear_builds(&self) {
        let clean = ["clean", "--quiet", "--package", "torch-sys", "--package", "wiezei"];
        for profile in ["dev", "release"] {
            let mut arguments = clean.to_vec();
            arguments.extend(["--profile", profile]);
            let done = self.checkout.cargo(&arguments).status();
            if !done.is_ok_and(|status| status.success()) {
                eprintln!("warning: `cargo {}` failed; run `cargo clean`", arguments.join(" "));
                return;
            }
        }
    }
}

/// All that was tried, and what to do.
fn failure(attempts: &[Attempt]) -> String {
    let mut text = format!("there is no libtorch {VERSION} to be had. Tried, in this order:\n");
    for (number, Attempt { place, why }) in (1..).zip(attempts) {
        // A text takes any number of lines.
        let _ = writeln!(text, "  {number}. {place}: {}", why.replace('\n', "\n     "));
    }
    text.push_str(&way_out());
    text
}

fn way_out() -> String {
    let get = if platform::is_x86_64_linux() {
        format!(
            "on a machine with internet fetch\n  {}\nunpack it here with unzip, and name the folder \
             that comes out:",
            archive::URL
        )
    } else {
        format!(
            "have libtorch {VERSION} of the C++ ABI before C++11 for {} (`pip install \
             torch=={VERSION}` may have it: the folder torch of its packages), and name its folder:",
            platform::name()
        )
    };
    format!(
        "The way out: {get}\n  cargo xtask setup --libtorch DIR\nWithout libtorch everything but \
         the transformer still builds and passes its tests:\n  cargo test --no-default-features"
    )
}

/// Bytes in lower-case hexadecimal, as checksums are written.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // A text takes any number of digits.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use tempfile::TempDir;

    use super::*;

    /// A source that fails with what `fails` says, as often as that says, and
    /// then makes a small libtorch.
    struct Fake {
        name: &'static str,
        fails: Cell<usize>,
        asked: Rc<Cell<usize>>,
    }

    impl Source for Fake {
        fn name(&self) -> String {
            self.name.into()
        }

        fn space(&self) -> u64 {
            0
        }

        fn make(&self, workshop: &Workshop) -> anyhow::Result<String> {
            self.asked.set(self.asked.get() + 1);
            if self.fails.get() > 0 {
                self.fails.set(self.fails.get() - 1);
                fs::create_dir_all(workshop.tree.join("lib"))?;
                fs::write(workshop.tree.join("lib/libc10.so"), "half")?;
                bail!("{} broke off", self.name);
            }
            fixture::libtorch(&workshop.tree);
            Ok(format!("made by {}", self.name))
        }
    }

    /// A checkout, a cache and sources of a test's own.
    struct Bench {
        folder: TempDir,
        checkout: Checkout,
        asked: Vec<Rc<Cell<usize>>>,
    }

    impl Bench {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().join("checkout");
            fs::create_dir_all(&root).unwrap();
            Self { checkout: Checkout::at(&root), folder, asked: Vec::new() }
        }

        /// A set-up whose sources fail so often each.
        fn setup(&mut self, fails: &[usize]) -> Setup<'_> {
            self.asked = fails.iter().map(|_| Rc::default()).collect();
            let fake = |(&fails, asked): (&usize, &Rc<Cell<usize>>)| -> Box<dyn Source> {
                let name = if Rc::ptr_eq(asked, &self.asked[0]) { "archive" } else { "wheel" };
                Box::new(Fake { name, fails: Cell::new(fails), asked: Rc::clone(asked) })
            };
            Setup {
                checkout: &self.checkout,
                cache: Cache::at(&self.folder.path().join("cache")),
                named: None,
                offline: false,
                sources: fails.iter().zip(&self.asked).map(fake).collect(),
                demands: fixture::DEMANDS,
            }
        }

        fn own(&self) -> PathBuf {
            let own = self.folder.path().join("own");
            fixture::libtorch(&own);
            own
        }
    }

    fn asked(bench: &Bench) -> Vec<usize> {
        bench.asked.iter().map(|count| count.get()).collect()
    }

    #[test]
    fn sources_are_asked_in_order_and_the_cache_before_them() {
        let mut bench = Bench::new();
        let setup = bench.setup(&[1, 0]);
        let made = setup.find().unwrap();
        assert_eq!(made, setup.cache.libtorch());
        let origin = fs::read_to_string(made.join(ORIGIN_FILE)).unwrap();
        assert!(origin.contains("made by wheel"), "{origin}");
        assert_eq!(setup.find().unwrap(), made);
        drop(setup);
        assert_eq!(asked(&bench), [1, 1], "the second time the copy was there");
    }

    #[test]
    fn an_interrupted_set_up_is_redone() {
        let mut bench = Bench::new();
        let setup = bench.setup(&[1]);
        assert!(setup.find().is_err());
        assert!(!setup.cache.libtorch().exists(), "half a libtorch is never in place");
        libtorch::check(&setup.find().unwrap(), fixture::DEMANDS).unwrap();
    }

    #[test]
    fn a_spoiled_copy_is_made_anew() {
        let mut bench = Bench::new();
        let setup = bench.setup(&[0]);
        let made = setup.find().unwrap();
        fs::remove_file(made.join("lib/libtorch.so")).unwrap();
        setup.find().unwrap();
        assert!(made.join("lib/libtorch.so").exists());
        drop(setup);
        assert_eq!(asked(&bench), [2]);
    }

    #[test]
    fn when_all_fail_the_message_names_each_place_and_the_way_out() {
        let mut bench = Bench::new();
        let setup = bench.setup(&[1, 1]);
        link::make(&setup.checkout.link(), Path::new("/nowhere/libtorch")).unwrap();
        let message = setup.find().unwrap_err().to_string();
        let cached = setup.cache.libtorch().display().to_string();
        let parts = [
            "1. a folder of your own: none was named",
            "2. where .libtorch points to, /nowhere/libtorch: there is no folder",
            &format!("3. the cache folder's {cached}: not there yet"),
            "4. archive: archive broke off",
            "5. wheel: wheel broke off",
            "The way out:",
            archive::URL,
            "cargo xtask setup --libtorch DIR",
            "cargo test --no-default-features",
        ];
        for part in parts {
            assert!(message.contains(part), "no {part:?} in:\n{message}");
        }
    }

    #[test]
    fn offline_nothing_is_fetched() {
        let mut bench = Bench::new();
        let mut setup = bench.setup(&[0]);
        setup.offline = true;
        let message = setup.find().unwrap_err().to_string();
        assert!(message.contains("archive: not tried, because of --offline"), "{message}");
        drop(setup);
        assert_eq!(asked(&bench), [0]);
    }

    #[test]
    fn a_named_folder_goes_first_and_stays_linked() {
        let mut bench = Bench::new();
        let own = bench.own();
        let mut setup = bench.setup(&[0]);
        setup.named = Some(Named { folder: own.clone(), by: "--libtorch" });
        let found = setup.find().unwrap();
        assert_eq!(found, own.canonicalize().unwrap());
        setup.link(&found).unwrap();
        assert_eq!(setup.checkout.link().canonicalize().unwrap(), found);
        setup.named = None;
        assert_eq!(setup.find().unwrap(), found, "it need not be named again");
        drop(setup);
        assert_eq!(asked(&bench), [0]);
    }

    #[test]
    fn the_folder_above_an_unpacked_archive_will_do() {
        let mut bench = Bench::new();
        let above = bench.folder.path().join("downloads");
        fixture::libtorch(&above.join("libtorch"));
        let mut setup = bench.setup(&[]);
        setup.named = Some(Named { folder: above.clone(), by: VARIABLE });
        assert_eq!(setup.find().unwrap(), above.join("libtorch").canonicalize().unwrap());
    }

    #[test]
    fn an_unfit_named_folder_is_refused_with_the_way_out() {
        let mut bench = Bench::new();
        let own = bench.own();
        fixture::c10_of_new_abi(&own);
        let mut setup = bench.setup(&[0]);
        setup.named = Some(Named { folder: own, by: VARIABLE });
        let message = format!("{:#}", setup.find().unwrap_err());
        for part in [VARIABLE, "C++ ABI since C++11", archive::URL, "The way out:"] {
            assert!(message.contains(part), "no {part:?} in:\n{message}");
        }
        drop(setup);
        assert_eq!(asked(&bench), [0], "no other is taken instead");
    }

    #[test]
    fn a_folder_with_a_library_missing_that_only_loading_shows_is_refused() {
        let mut bench = Bench::new();
        let own = bench.own();
        fixture::torch_that_wants_another(&own);
        let mut setup = bench.setup(&[]);
        setup.named = Some(Named { folder: own, by: "--libtorch" });
        let message = format!("{:#}", setup.find().unwrap_err());
        assert!(message.contains("libother.so"), "{message}");
    }

    /// What a plain `cargo build` in a fresh clone comes to: `torch-sys`
    /// compiles against the headers of a libtorch that is not there.
    #[test]
    fn without_a_set_up_the_compiler_says_what_to_do() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let notice = package.parent().unwrap().join(".cargo/without-libtorch");
        let folder = tempfile::tempdir().unwrap();
        let compile = |header: &str, libtorch: &str| {
            let source = folder.path().join("layer.cpp");
            fs::write(&source, format!("#include <{header}>\n")).unwrap();
            std::process::Command::new("c++")
                .args(["-fsyntax-only", "-I", libtorch, "layer.cpp"])
                .env("CPLUS_INCLUDE_PATH", &notice)
                .current_dir(folder.path())
                .output()
                .unwrap()
        };
        // The two headers that the files of torch-sys begin with.
        for header in ["torch/csrc/autograd/engine.h", "torch/torch.h"] {
            let said = String::from_utf8(compile(header, "absent").stderr).unwrap();
            assert!(said.contains("Run: cargo xtask setup"), "{header}: {said}");
        }
        let header = folder.path().join("there/torch/torch.h");
        fs::create_dir_all(header.parent().unwrap()).unwrap();
        fs::write(header, "").unwrap();
        assert!(compile("torch/torch.h", "there").status.success(), "libtorch's own go first");
    }
}
