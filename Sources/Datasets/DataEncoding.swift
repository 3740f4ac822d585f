import Diagnostics
import SpecLanguage

/// A file for a trained model, as the command line names it.
public struct ModelInput: Sendable {
    /// A path, or `-` for the standard input.
    public var path: String
    /// The file of the targets, of a pair of arrays.
    public var targets: String?
    /// `auto` goes by the name, then by the model's own spec; what then tells nothing is CSV.
    public var format: DataSpec.FileFormat
    /// For sqlite; nil takes that of the model's spec.
    public var query: String?

    public init(_ path: String, targets: String? = nil, format: DataSpec.FileFormat = .auto, query: String? = nil) {
        (self.path, self.targets, self.format, self.query) = (path, targets, format, query)
    }

    func request(_ preprocessing: Preprocessing) -> DataRequest {
        let query = query ?? preprocessing.query
        return DataRequest(
            path: Sourced(path), targets: targets.map { Sourced($0) }, format: format,
            fallback: preprocessing.format == .auto || path == OpenedFile.standardInput ? .csv : preprocessing.format, csv: preprocessing.csv,
            query: query.map { Sourced($0) }, purpose: .trainedModel, takesPipes: true)
    }
}

/// Which columns of a file a trained model reads, and how.
enum DataEncoding {
    static func missing(_ transforms: [FeatureTransform], _ index: Int) -> TableChecks.Missing {
        guard index < transforms.count else { return .error(isImplied: false) }
        return transforms[index].fillText == nil ? .errorWithoutFill : .filled
    }

    /// The columns of the transforms and then those of the target, to be read as the transforms say; and the names of the others.
    static func requests(
        _ source: any TableSource, _ transforms: [FeatureTransform], _ target: TargetEncoding?, sink: DiagnosticSink
    ) throws(Stopped) -> ([ColumnRequest], extraColumns: [String]) {
        let targetNames = target?.names ?? []
        let names = transforms.map(\.name) + targetNames
        let places = try places(source, names, features: transforms.count, sink: sink)
        let requests =
            zip(transforms, places).map { transform, place -> ColumnRequest in
                var request = ColumnRequest(
                    index: place, name: transform.name, mode: transform.type == .number ? .number : .category,
                    missingValues: transform.missingValues)
                request.isBoolean = transform.type == .boolean
                return request
            }
            + zip(targetNames, places.dropFirst(transforms.count)).map { name, place -> ColumnRequest in
                var request = ColumnRequest(index: place, name: name, mode: target?.mode ?? .number, missingValues: [""], isTarget: true)
                request.isBoolean = target?.isOfLabels ?? false
                return request
            }
        let used = Set(requests.map(\.index))
        let extra = source is ArraySource ? [] : source.columns.indices.filter { !used.contains($0) }.map { source.columns[$0] }
        return (requests, extra)
    }

    /// The column of the rows' weights; nil, which is told, if the file has none: then each row weighs 1.
    ///
    /// - Parameter requests: the columns that are read beside it.
    static func weights(_ name: String, _ source: any TableSource, beside requests: [ColumnRequest], sink: DiagnosticSink) -> ColumnRequest? {
        // Of an array whose columns are taken in order, none is called like it.
        let isByName = !(source is ArraySource) || requests.allSatisfy { source.index(of: $0.name) == $0.index }
        if isByName, let index = source.index(of: name) { return .weights(name, at: index, missingValues: [""]) }
        sink.emit(.fileWithoutWeights(source.name, name))
        return nil
    }

    /// The columns of some names, the first of which are features.
    private static func places(
        _ source: any TableSource, _ names: [String], features: Int, sink: DiagnosticSink
    ) throws(Stopped) -> [Int] {
        let targets = names.count - features
        let byName = names.map { source.index(of: $0) }
        guard let arrays = source as? ArraySource else {
            try ColumnSelection.require(names.map { Sourced($0) }, in: source, sink: sink)
            return byName.map { $0 ?? 0 }
        }
        let inputs = arrays.columns.count - arrays.targetCount
        // A lone array may hold the target too, in the column that it had in training.
        let found = byName.compactMap { $0 }
        if arrays.targetCount == 0, found.count == names.count, inputs != features || targets > 0 { return found }
        guard inputs == features else { throw sink.fail(.widthOfArray(source.name, inputs, wanted: features, "inputs", of: "the model", at: nil)) }
        if targets == 0 { return Array(0..<features) }
        if arrays.targetCount == 0 { throw sink.fail(.arrayWithoutTargets(source.name, at: nil)) }
        guard arrays.targetCount == targets else {
            throw sink.fail(.widthOfArray("the file of the targets", arrays.targetCount, wanted: targets, "targets", of: "the model", at: nil))
        }
        return Array(0..<features + targets)
    }
}

extension Diagnostic {
    static func fileWithoutWeights(_ file: String, _ weight: String) -> Diagnostic {
        Diagnostic(
            "W1072", "\(file) has no column \(Shown.text(weight)), which weighed the rows of the model: each row counts the same here",
            fix: "add the column for the weighted metrics")
    }
}
