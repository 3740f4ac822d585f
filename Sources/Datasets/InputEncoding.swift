import SpecLanguage

/// Fills a matrix of inputs from columns: eight columns of numbers at a time, a block of rows that stays near the processor, all threads.
///
/// Numerics: ((x or its fill) - center) / scale in Double, rounded once to the precision.
struct InputEncoding {
    /// A column of numbers and where it goes.
    struct NumberColumn {
        let values: ColumnNumbers
        let place: Int
        let center: Double
        let scale: Double
        /// NaN without a fill.
        let fill: Double
    }

    /// A column of categories: the matrix column of each row's category, -1 for none.
    struct CategoryColumn {
        let places: [Int32]
        let first: Int
    }

    /// A column of which each text is a number.
    struct CodedColumn {
        let codes: UnsafeBufferPointer<Int32>
        /// For each text; what cannot be told is NaN, and has been refused.
        let values: [Double]
        /// For gaps.
        let fill: Double
        let place: Int
    }

    /// Where the gaps of a column are told.
    struct IndicatorColumn {
        let column: TableColumn
        let place: Int
    }

    var numbers: [NumberColumn] = []
    var categories: [CategoryColumn] = []
    var coded: [CodedColumn] = []
    var indicators: [IndicatorColumn] = []
    let rows: [Int32]
    var width = 0

    private static let lanes = 8

    /// Writes all rows. Returns for each column of numbers whether all that was written of it is finite.
    func write<Scalar: EncodedScalar>(to matrix: UnsafeMutablePointer<Scalar>, threads: Int) -> [Bool] {
        let blockRows = max(16, (1 << 15) / max(width, 1))
        let blocks = (rows.count + blockRows - 1) / blockRows
        let groups = (numbers.count + InputEncoding.lanes - 1) / InputEncoding.lanes
        var isFinite = [Bool](repeating: true, count: numbers.count * blocks)
        isFinite.withUnsafeMutableBufferPointer { isFinite in
            nonisolated(unsafe) let (isFinite, matrix) = (isFinite, matrix)
            rows.withUnsafeBufferPointer { rows in
                Team.run(blocks, threads: threads) { block in
                    let range = block * blockRows..<min((block + 1) * blockRows, rows.count)
                    if !categories.isEmpty { (matrix + range.lowerBound * width).update(repeating: 0, count: range.count * width) }
                    let scratch = LaneScratch(rows: range.count)
                    for group in 0..<groups {
                        let spread = self.write(group, UnsafeBufferPointer(rebasing: rows[range]), scratch, matrix + range.lowerBound * width)
                        for lane in 0..<min(InputEncoding.lanes, numbers.count - group * InputEncoding.lanes) where !(spread[lane] == 0) {
                            isFinite[block * numbers.count + group * InputEncoding.lanes + lane] = false
                        }
                    }
                    for column in coded {
                        for row in range {
                            let code = Int(column.codes[Int(rows[row])])
                            matrix[row * width + column.place] = Scalar(code < 0 ? column.fill : column.values[code])
                        }
                    }
                    for indicator in indicators {
                        for row in range { matrix[row * width + indicator.place] = indicator.column.isMissing(Int(rows[row])) ? 1 : 0 }
                    }
                    for column in categories {
                        for row in range where column.places[row] >= 0 { matrix[row * width + column.first + Int(column.places[row])] = 1 }
                    }
                }
            }
        }
        return numbers.indices.map { column in (0..<blocks).allSatisfy { isFinite[$0 * numbers.count + column] } }
    }

    /// Up to eight columns of some rows. Returns the sums of x - x, which are 0 where all is finite.
    @inline(__always)
    private func write<Scalar: EncodedScalar>(
        _ group: Int, _ rows: UnsafeBufferPointer<Int32>, _ scratch: LaneScratch, _ target: UnsafeMutablePointer<Scalar>
    ) -> SIMD8<Double> {
        let first = group * InputEncoding.lanes
        let count = min(InputEncoding.lanes, numbers.count - first)
        func column(_ lane: Int) -> NumberColumn { numbers[first + min(lane, count - 1)] }
        var (sources, rows) = ((0..<InputEncoding.lanes).map { column($0).values.doubles }, rows)
        if sources.contains(where: { $0 == nil }) { (sources, rows) = scratch.lanes((0..<count).map { column($0).values }, rows) }
        guard let a = sources[0], let b = sources[1], let c = sources[2], let d = sources[3], let e = sources[4], let f = sources[5],
            let g = sources[6], let h = sources[7]
        else { return SIMD8(repeating: 0) }
        var (center, scale, fill) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
        for lane in 0..<InputEncoding.lanes { (center[lane], scale[lane], fill[lane]) = (column(lane).center, column(lane).scale, column(lane).fill) }
        let isUnscaled = scale == SIMD8(repeating: 1)
        let place = column(0).place
        let isDense = count == InputEncoding.lanes && column(count - 1).place == place + count - 1
        var spread = SIMD8<Double>(repeating: 0)
        for index in rows.indices {
            let row = Int(rows[index])
            var values = SIMD8(a[row], b[row], c[row], d[row], e[row], f[row], g[row], h[row])
            values.replace(with: fill, where: values .!= values)
            values -= center
            if !isUnscaled { values /= scale }
            let rounded = Scalar.rounded(values)
            let wide = Scalar.widened(rounded)
            spread += wide - wide
            let out = target + index * width
            if isDense {
                Scalar.store(rounded, at: out + place)
            } else {
                for lane in 0..<count { out[column(lane).place] = rounded[lane] }
            }
        }
        return spread
    }
}

/// A precision that inputs are rounded to.
protocol EncodedScalar: SIMDScalar, BinaryFloatingPoint {
    static func rounded(_ values: SIMD8<Double>) -> SIMD8<Self>
    static func widened(_ values: SIMD8<Self>) -> SIMD8<Double>
    static func store(_ values: SIMD8<Self>, at place: UnsafeMutablePointer<Self>)
}

extension EncodedScalar {
    @inline(__always)
    static func store(_ values: SIMD8<Self>, at place: UnsafeMutablePointer<Self>) {
        UnsafeMutableRawPointer(place).storeBytes(of: values, as: SIMD8<Self>.self)
    }
}

extension Float: EncodedScalar {
    @inline(__always)
    static func rounded(_ v: SIMD8<Double>) -> SIMD8<Float> {
        SIMD8(Float(v[0]), Float(v[1]), Float(v[2]), Float(v[3]), Float(v[4]), Float(v[5]), Float(v[6]), Float(v[7]))
    }
    @inline(__always)
    static func widened(_ v: SIMD8<Float>) -> SIMD8<Double> {
        SIMD8(Double(v[0]), Double(v[1]), Double(v[2]), Double(v[3]), Double(v[4]), Double(v[5]), Double(v[6]), Double(v[7]))
    }
}

extension Double: EncodedScalar {
    @inline(__always)
    static func rounded(_ values: SIMD8<Double>) -> SIMD8<Double> { values }
    @inline(__always)
    static func widened(_ values: SIMD8<Double>) -> SIMD8<Double> { values }
}
