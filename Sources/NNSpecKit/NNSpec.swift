import Datasets
import Execution
import SpecLanguage
import Training
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The library's name tag.
public enum NNSpec {
    /// Version of the library and of the command.
    public static let version = "0.1.0"

    /// The language as JSON Schema (draft 2020-12).
    public static var jsonSchema: String { JSONSchema.text }

    /// What `--set` takes: the path of every setting that this version acts on, one line about it, and its words if it has any.
    public static var settings: [(path: String, doc: String, words: [String])] { SettingIndex.all }

    /// The path of the setting that a word means, ours or another tool's: `epochs`, `lr`; nil if there is none.
    public static func setting(meantBy word: String) -> String? { SettingIndex.path(meantBy: word) }

    /// docs/spec-language.md: the language for people.
    public static var languagePage: String { LanguagePage.markdown }

    /// docs/other-tools.md: what other tools call the settings.
    public static var wordsPage: String { WordsPage.markdown }

    /// Cores this process may use.
    static var coreCount: Int { Team.coreCount }

    /// Bytes of physical memory.
    static var physicalMemory: Int {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        let size = sysconf(Int32(_SC_PAGESIZE))
        return pages > 0 && size > 0 ? Int(pages) * Int(size) : Int.max
    }
}

/// One row of metrics.csv.
public typealias EpochRecord = Training.EpochRecord
/// Loss, metrics and baseline of one part.
public typealias PartEvaluation = Training.PartEvaluation
/// Rows by true and by predicted class.
public typealias ConfusionMatrix = Training.ConfusionMatrix
/// The folds of a cross-validation.
public typealias FoldRecord = Training.FoldRecord
/// The epochs of a training and what came of them.
public typealias TrainingRecord = Training.TrainingRecord
