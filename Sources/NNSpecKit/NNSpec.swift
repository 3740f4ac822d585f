import Datasets
import Diagnostics
import Execution
import SpecLanguage
import Training
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

    /// What the environment asks for. Errors: E4990, an instruction set that does not exist.
    public static func checkEnvironment(sink: DiagnosticSink) throws(Stopped) {
        guard let asked = InstructionSet.asked, InstructionSet(rawValue: asked) == nil else { return }
        throw sink.fail(.unknownInstructionSet(asked))
    }
}

extension Diagnostic {
    static func unknownInstructionSet(_ asked: String) -> Diagnostic {
        let names = InstructionSet.allCases.map(\.rawValue)
        return Diagnostic(
            "E4990", "NNSPEC_ISA is \(Shown.text(asked)), which is no instruction set", notes: ["those known are \(Shown.list(names))"],
            fix: Suggestion.nearest(asked, among: names).map { "did you mean `NNSPEC_ISA=\($0)`?" }
                ?? "unset it: the widest that the processor has is taken, and results do not depend on it")
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
