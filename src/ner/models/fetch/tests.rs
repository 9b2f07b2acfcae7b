//! What is settled before a byte comes. How the bytes come is tested through
//! the program, against a server (`tests/cli/fetch.rs`).

use super::*;

fn has(files: &[&str]) -> Vec<Siblings> {
    files.iter().map(|&file| Siblings { rfilename: file.to_owned() }).collect()
}

#[test]
fn a_model_is_wanted_by_its_short_name_or_its_repository() {
    let known = Wanted::of("bertje-conll2002").unwrap();
    assert!(known.repository.starts_with("wietsedv/"), "{known:?}");
    let other = Wanted::of("iemand/een-model").unwrap();
    assert_eq!((other.repository.as_str(), other.revision.as_str()), ("iemand/een-model", "main"));
    for name in ["bertje", "../weg", "a/b/c", ""] {
        assert_eq!(Wanted::of(name), Err(FetchError::Name { name: name.to_owned() }));
    }
}

#[test]
fn the_variables_of_the_hub_are_honoured() {
    let hub = |endpoint: Option<&str>, offline| Hub::with(endpoint.map(str::to_owned), offline);
    assert_eq!(hub(None, None).unwrap().endpoint, HUB);
    assert_eq!(hub(Some("http://a:1/"), Some("0")).unwrap().endpoint, "http://a:1");
    for yes in ["1", "true", "Yes", "ON"] {
        assert_eq!(hub(None, Some(yes)), Err(FetchError::Offline));
    }
    for value in ["huggingface.co", "https://", "ftp://a", "https://a b"] {
        assert_eq!(hub(Some(value), None), Err(FetchError::Endpoint { value: value.to_owned() }));
    }
}

#[test]
fn what_is_needed_is_fetched_and_nothing_else() {
    let wanted = Wanted::of("iemand/een-model").unwrap();
    let all = ["README.md", "config.json", "model.safetensors", "pytorch_model.bin", "vocab.txt"];
    assert_eq!(
        files(&wanted, &has(&all)),
        Ok(vec!["config.json", "vocab.txt", "README.md", "model.safetensors"])
    );
    let all = ["config.json", "tokenizer_config.json", "model.safetensors", "tokenizer.json"];
    assert_eq!(
        files(&wanted, &has(&[&all[..], &["vocab.txt"]].concat())),
        Ok(vec!["config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"])
    );
}

#[test]
fn a_repository_of_the_old_kind_comes_with_the_way_to_convert_it() {
    let wanted = Wanted::of("iemand/een-model").unwrap();
    for (missing, old) in
        [("model.safetensors", "pytorch_model.bin"), ("tokenizer.json", "vocab.json")]
    {
        let whole = ["config.json", "model.safetensors", "tokenizer.json"];
        let rest: Vec<_> = whole.into_iter().filter(|&file| file != missing).collect();
        match files(&wanted, &has(&[&rest[..], &[old]].concat())).unwrap_err() {
            FetchError::OldFormat { found, wanted, command, .. } => {
                assert_eq!((found, wanted), (old, missing));
                assert!(command.contains("from_pretrained('iemand/een-model')"), "{command}");
                assert!(command.contains("save_pretrained('een-model'"), "{command}");
            }
            other => panic!("{other}"),
        }
        let error = files(&wanted, &has(&rest)).unwrap_err();
        assert!(matches!(error, FetchError::MissingFile { file, .. } if file == missing));
    }
}

#[test]
fn a_checksum_is_that_of_its_revision() {
    let known = Wanted { sha256: Some("ab".into()), ..Wanted::of("robbert-v2-ner").unwrap() };
    assert_eq!(known.clone().at(known.revision.clone()), known);
    let other = known.clone().at("refs/pr/1".into());
    assert_eq!((other.revision.as_str(), other.sha256), ("refs/pr/1", None));
    assert_eq!(other.repository, known.repository);
}
