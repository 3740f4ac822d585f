import Datasets
import SpecLanguage

/// A data file for a trained model: what predict and evaluate read.
public struct ModelFile: Sendable {
    let input: ModelInput

    /// The names of the formats.
    public static let formats = DataSpec.FileFormat.allCases.filter { $0 != .auto }.map(\.rawValue)

    /// - Parameters:
    ///   - path: a file, `file.npz#name` for one array of several, or `-` for the standard input.
    ///   - targets: the file of the targets, where that of `path` holds arrays of inputs only.
    ///   - format: one of `formats`; nil goes by the name of the file, then by the spec of the model, and else means CSV.
    ///   - query: the rows of a sqlite file; nil takes that of the model's spec.
    public init(_ path: String, targets: String? = nil, format: String? = nil, query: String? = nil) {
        input = ModelInput(path, targets: targets, format: format.flatMap(DataSpec.FileFormat.init) ?? .auto, query: query)
    }
}
