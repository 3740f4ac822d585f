import Diagnostics
import SpecLanguage

/// What the spec says about one feature, the settings of the section filled in.
struct FeatureSettings {
    var name: Sourced<String>
    /// Number of the column in the training file.
    var index: Int
    var type: DataSpec.FeatureType
    var encoding: DataSpec.Encoding
    /// A column for gaps of its own: always, where a column of the training rows has gaps, or never.
    var indicator: Indicator
    var normalize: DataSpec.Normalize
    var missing: Sourced<DataSpec.Missing>
    var missingValues: [String]
    var unseen: DataSpec.Unseen
    var maxCategories: Sourced<Int>
    var categories: [String]?
    /// What its entry under `features` writes; nil with `features: all`.
    var entry: DataSpec.Feature?

    enum Indicator { case always, whereNeeded, never }

    init(_ feature: DataSpec.Feature, index: Int, data: DataSpec) {
        entry = data.features == nil ? nil : feature
        name = feature.name
        self.index = index
        type = feature.type.value
        encoding = feature.encoding.value
        normalize = (feature.normalize ?? data.normalize).value
        missing = feature.missing ?? data.missing
        switch feature.indicator?.value {
        case let isWanted?: indicator = isWanted ? .always : .never
        case nil: indicator = data.indicator.value && missing.value.fills ? .whereNeeded : .never
        }
        missingValues = feature.missingValues ?? data.missingValues
        unseen = feature.unseen.value
        maxCategories = feature.maxCategories
        categories = feature.categories
    }

    var request: ColumnRequest {
        let mode: ColumnMode =
            switch type {
            case .number: .number
            case .category, .boolean: .category
            case .auto: categories == nil ? .auto : .category
            }
        var request = ColumnRequest(
            index: index, name: name.value, mode: mode, missingValues: missingValues, isListed: entry != nil, hasGivenCategories: categories != nil)
        request.isBoolean = type == .boolean
        return request
    }
}

/// Names in the spec to columns of a file.
enum ColumnSelection {
    /// The features in the order of the spec, or of the file for `all`.
    ///
    /// Precondition: the spec lists no feature twice, and at least one.
    /// Errors: columns that are not there, no feature left.
    static func features(_ data: DataSpec, _ source: any TableSource, sink: DiagnosticSink) throws(Stopped) -> [FeatureSettings] {
        guard let features = data.features else {
            let key = [data.splitKey, data.sampleWeight].compactMap { $0 }
            try require(data.exclude.value + data.targets + key, in: source, sink: sink)
            let left = Set((data.exclude.value + data.targets + key).compactMap { source.index(of: $0.value) })
            let chosen = source.columns.indices.filter { !left.contains($0) }
            if chosen.isEmpty { throw sink.fail(.noFeatures(source, at: data.exclude.range)) }
            return chosen.map { FeatureSettings(DataSpec.Feature(name: Sourced(source.columns[$0])), index: $0, data: data) }
        }
        try require(features.map(\.name) + data.targets + [data.splitKey, data.sampleWeight].compactMap { $0 }, in: source, sink: sink)
        return features.compactMap { feature in source.index(of: feature.name.value).map { FeatureSettings(feature, index: $0, data: data) } }
    }

    /// Emits an error for each name that the file has no column for, and then throws.
    ///
    /// - Parameter place: where to point for a name that nobody wrote.
    static func require(_ names: [Sourced<String>], in source: any TableSource, at place: SourceRange? = nil, sink: DiagnosticSink) throws(Stopped) {
        var missing: [Sourced<String>] = []
        var seen = TextTable()
        for name in names where seen.number(of: name.value) == nil {
            seen.intern(name.value)
            if source.index(of: name.value) == nil { missing.append(name) }
        }
        guard let first = missing.first else { return }
        // A header that is none makes every name wrong: that is one mistake.
        let isOneMistake = source.headerLooksLikeData || source.columns.count == 1 || missing.count > 8
        if isOneMistake {
            sink.emit(.columnsNotFound(missing.map(\.value), source, at: first.range ?? place))
        } else {
            for name in missing { sink.emit(.columnsNotFound([name.value], source, at: name.range ?? place)) }
        }
        throw Stopped()
    }
}
