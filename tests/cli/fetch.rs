//! `wiezei model fetch`, against a server on this machine.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::hub::{Hub, Plan, WEIGHTS};
use crate::{Folder, Ran};

const NAME: &str = "iemand/klein-model";

/// Where the model is to be in the end.
fn place(folder: &Folder) -> PathBuf {
    folder.path().join("cache/wiezei/models/iemand--klein-model")
}

/// A command whose cache is in `folder` and that knows no hub but `hub`.
fn command(folder: &Folder, hub: &Hub) -> assert_cmd::Command {
    let mut command = folder.wiezei();
    command.env("XDG_CACHE_HOME", folder.path().join("cache")).env("HF_ENDPOINT", &hub.address);
    command.env_remove("HF_HUB_OFFLINE").env_remove("HTTP_PROXY").env_remove("http_proxy");
    command.arg("model");
    command
}

fn fetch(folder: &Folder, hub: &Hub, args: &[&str]) -> Ran {
    Ran::of(command(folder, hub).arg("fetch").args(args))
}

/// Fails unless nothing was fetched, `parts` are told, and a way out is.
fn refused(folder: &Folder, ran: &Ran, parts: &[&str]) {
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(!place(folder).exists(), "{ran:?}");
    assert_eq!(ran.out, "");
    for part in ["error: ", "hint: "].iter().chain(parts) {
        assert!(ran.err.contains(part), "no {part:?} in {}", ran.err);
    }
}

/// The files below the cache that are as long as the weights.
fn copies(folder: &Folder) -> Vec<PathBuf> {
    let length = Plan::tiny().files[WEIGHTS].len() as u64;
    let (mut folders, mut found) = (vec![folder.path().join("cache")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.metadata().is_ok_and(|metadata| metadata.len() == length) {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn a_model_is_fetched_listed_and_used_by_its_name() {
    let folder = Folder::new(&[("a.txt", b"Daar staat Iris.")]);
    let hub = Hub::start(Plan::tiny());
    let ran = fetch(&folder, &hub, &[NAME]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(ran.out.trim_end(), place(&folder).to_string_lossy());
    for (file, bytes) in Plan::tiny().files {
        let is_wanted = file != "pytorch_model.bin";
        let found = fs::read(place(&folder).join(&file)).ok();
        assert_eq!(found, is_wanted.then_some(bytes), "{file}");
    }
    assert_eq!(copies(&folder).len(), 1, "the workshop is cleared");

    let listed = Ran::of(command(&folder, &hub).arg("list"));
    assert!(listed.out.contains("iemand/klein-model at 0123456"), "{}", listed.out);
    let checked = Ran::of(command(&folder, &hub).args(["check", NAME]));
    assert_eq!(checked.code, Some(0), "{}", checked.err);
    let again = fetch(&folder, &hub, &[NAME]);
    assert_eq!(again.code, Some(2));
    assert!(again.err.contains("there already") && again.err.contains("rm -r"), "{}", again.err);
    if cfg!(any(feature = "bert", feature = "candle")) {
        let mut attribute = folder.wiezei();
        attribute.env("XDG_CACHE_HOME", folder.path().join("cache"));
        let ran = Ran::of(attribute.args(["attribute", "--model", NAME, "a.txt"]));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
}

#[test]
fn a_known_model_is_fetched_by_its_short_name_and_commit() {
    let folder = Folder::new(&[]);
    let commit = "698f8247b317e9b3efed1f3f85b7aa2868aea380";
    let plan = Plan { repository: "pdelobelle/robbert-v2-dutch-ner", commit, ..Plan::tiny() };
    let hub = Hub::start(plan.clone());
    let ran = fetch(&folder, &hub, &["robbert-v2-ner"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(folder.path().join("cache/wiezei/models/robbert-v2-ner").join(WEIGHTS).is_file());
    let other = Folder::new(&[]);
    let hub = Hub::start(Plan { revision: commit, commit: Plan::tiny().commit, ..plan });
    let ran = fetch(&other, &hub, &["robbert-v2-ner"]);
    refused(&other, &ran, &["otherwise than a hub", "0123456789"]);
}

#[test]
fn a_connection_that_breaks_is_gone_on_with() {
    let folder = Folder::new(&[]);
    let hub = Hub::start(Plan { breaks: (2, 5000), ..Plan::tiny() });
    let ran = fetch(&folder, &hub, &[NAME]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(hub.starts(), [0, 5000, 10000]);
    assert!(ran.err.contains("broke at byte 5000 of model.safetensors"), "{}", ran.err);
    assert_eq!(fs::read(place(&folder).join(WEIGHTS)).unwrap(), Plan::tiny().files[WEIGHTS]);
}

#[test]
fn a_fetch_that_was_stopped_is_gone_on_with() {
    let folder = Folder::new(&[]);
    let stalling = Hub::start(Plan { breaks: (9, 5000), stalls: true, ..Plan::tiny() });
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("wiezei"))
        .args(["model", "fetch", NAME])
        .env("XDG_CACHE_HOME", folder.path().join("cache"))
        .env("HF_ENDPOINT", &stalling.address)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let blobs =
        "cache/wiezei/models/.iemand--klein-model.partial/hub/models--iemand--klein-model/blobs";
    let has_come = || {
        let parts = fs::read_dir(folder.path().join(blobs)).into_iter().flatten().flatten();
        parts.into_iter().any(|entry| {
            entry.path().extension().is_some_and(|extension| extension == "part")
                && entry.metadata().is_ok_and(|metadata| metadata.len() == 5000)
        })
    };
    for _ in 0..600 {
        if has_come() {
            break;
        }
        thread::sleep(Duration::from_millis(50));
    }
    assert!(has_come(), "{:?}", stalling.requests());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!place(&folder).exists());

    let hub = Hub::start(Plan::tiny());
    let ran = fetch(&folder, &hub, &[NAME]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(hub.starts(), [5000]);
    let small = |request: &&String| request.contains("tokenizer.json bytes=0-");
    assert_eq!(hub.requests().iter().filter(small).count(), 1, "{:?}", hub.requests());
    assert_eq!(fs::read(place(&folder).join(WEIGHTS)).unwrap(), Plan::tiny().files[WEIGHTS]);
}

#[test]
fn a_connection_that_always_breaks_is_given_up_and_what_came_is_kept() {
    let folder = Folder::new(&[]);
    let hub = Hub::start(Plan { breaks: (1, 5000), ..Plan::tiny() });
    let hopeless = Hub::start(Plan { breaks: (99, 0), ..Plan::tiny() });
    let ran = fetch(&folder, &hopeless, &[NAME]);
    refused(&folder, &ran, &["again and again", "byte 0 of ", "same command"]);
    let ran = fetch(&folder, &hub, &[NAME]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[test]
fn wrong_bytes_are_refused_and_nothing_is_left_of_them() {
    for spoilt in [WEIGHTS, "config.json"] {
        let folder = Folder::new(&[]);
        let hub = Hub::start(Plan { spoilt: Some(spoilt), ..Plan::tiny() });
        let ran = fetch(&folder, &hub, &[NAME]);
        refused(&folder, &ran, &[spoilt, "wrong bytes", "same command"]);
        assert_eq!(copies(&folder), [] as [PathBuf; 0]);
        let ran = fetch(&folder, &Hub::start(Plan::tiny()), &[NAME]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert_eq!(fs::read(place(&folder).join(spoilt)).unwrap(), Plan::tiny().files[spoilt]);
    }
}

#[test]
fn the_checksum_that_the_user_knows_is_compared() {
    let folder = Folder::new(&[]);
    let hub = Hub::start(Plan::tiny());
    let ran = fetch(&folder, &hub, &[NAME, "--sha256", &"0".repeat(64)]);
    refused(&folder, &ran, &["wrong bytes", "SHA-256"]);
    let ran = fetch(&folder, &hub, &[NAME, "--sha256", "abc"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("64 hexadecimal digits"), "{}", ran.err);
}

#[test]
fn a_file_without_a_checksum_is_told_of() {
    let folder = Folder::new(&[]);
    let hub = Hub::start(Plan { vague: true, ..Plan::tiny() });
    let ran = fetch(&folder, &hub, &[NAME]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("no checksum of model.safetensors"), "{}", ran.err);
}

#[test]
fn another_revision_can_be_named() {
    let folder = Folder::new(&[]);
    let hub = Hub::start(Plan { revision: "refs/pr/1", ..Plan::tiny() });
    let ran = fetch(&folder, &hub, &[NAME]);
    refused(&folder, &ran, &["at revision main", "404", "check the names"]);
    let ran = fetch(&folder, &hub, &[NAME, "--revision", "refs/pr/1"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[test]
fn a_repository_that_is_no_model_folder_is_refused_with_the_way_out() {
    let folder = Folder::new(&[]);
    let hub = Hub::start(Plan::tiny().without(WEIGHTS));
    let ran = fetch(&folder, &hub, &[NAME]);
    refused(&folder, &ran, &["pytorch_model.bin but no model.safetensors", "save_pretrained"]);
    let hub = Hub::start(Plan::tiny().without("tokenizer.json"));
    refused(&folder, &fetch(&folder, &hub, &[NAME]), &["has no tokenizer.json"]);
    assert!(hub.starts().is_empty(), "no weights are got in vain");
}

#[test]
fn without_the_network_the_way_out_is_told() {
    let folder = Folder::new(&[]);
    let hub = Hub::start(Plan::tiny());
    let ran = Ran::of(command(&folder, &hub).args(["fetch", NAME]).env("HF_HUB_OFFLINE", "1"));
    refused(&folder, &ran, &["HF_HUB_OFFLINE"]);
    assert!(hub.requests().is_empty());
    let nobody = "http://127.0.0.1:1";
    let ran = Ran::of(command(&folder, &hub).args(["fetch", NAME]).env("HF_ENDPOINT", nobody));
    refused(&folder, &ran, &[nobody, "cannot be reached"]);
    let ran = Ran::of(command(&folder, &hub).args(["fetch", NAME]).env("HF_ENDPOINT", "hub"));
    refused(&folder, &ran, &["HF_ENDPOINT is \"hub\""]);
}

#[test]
fn a_name_that_is_none_is_refused() {
    let folder = Folder::new(&[]);
    let hub = Hub::start(Plan::tiny());
    for name in ["bertje", "../weg", "a/b/c"] {
        refused(&folder, &fetch(&folder, &hub, &[name]), &[name, "wiezei model list"]);
    }
    assert!(hub.requests().is_empty());
}
