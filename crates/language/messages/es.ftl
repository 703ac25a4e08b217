
## Chrome of the documents
contents = Índice
tables = Cuadros
findings = Principales resultados
to-the-findings = Ir a los principales resultados
filter-rows = Filtrar filas
table-number = Cuadro { $name }
table-title = Cuadro { $name }. { $title }
table-title-continued = Cuadro { $name }. { $title } (continuación)
figure-number = Gráfico { $name }
figure-title = Gráfico { $name }. { $title }
figure-data = Datos del gráfico { $name }
made-with = Elaborado con inclusion { $name }
methods-hash = Métodos { $name }
made-line = Elaborado con inclusion { $name1 }. Métodos { $name2 }.
cover = Portada
notes = Notas
definitions-methods-notes = Definiciones, métodos y notas
lower-end = { $title }, límite inferior
upper-end = { $title }, límite superior
no-finding = No se pudo enunciar ningún resultado.
between = { $figure1 } a { $figure2 }
percent = { $figure } %
untranslated-note = Los textos sin traducción figuran en { $language }.
language-en = inglés

## Groups, quantities, units
women = mujeres
men = hombres
total = total
both-sexes = ambos sexos
all = conjunto
group = grupo
area = zona
year = año
years = años
survey = encuesta
indicator = indicador
producer = productor
coverage = cobertura
persons = personas
households = hogares
units = unidades
points = puntos
per-cent = por ciento
percent-word = por ciento
thousands = miles
millions = millones
gap = brecha
relative-gap = brecha relativa
parity = paridad
adjusted-parity = paridad ajustada
level = nivel
head-count = número de personas
non-response = falta de respuesta
change = variación
change-of-the-gap = variación de la brecha
difference = diferencia
difference-of-gaps = diferencia de brechas
ratio = razón
ratio-of-parities = razón de paridades
relative-difference = diferencia relativa
logarithm-of-the-ratio = logaritmo de la razón
difference-in-persons = diferencia en personas
more-men-than-women = más hombres que mujeres
women-missing-for-parity = mujeres que faltan para la paridad
womens-excess-without = exceso de mujeres sin acceso
rates = tasas
gaps = brechas
relative-gaps = brechas relativas
changes = variaciones
differences = diferencias
logarithms-of-ratios = logaritmos de razones
ratios = razones
verdict = veredicto
nature = naturaleza
women-behind = mujeres rezagadas
men-behind = hombres rezagados
at-parity = paridad

## Heads of columns
head-of-those-without = { $what } entre quienes no lo tienen ({ $unit })
head-of-those-without-plain = { $what } entre quienes no lo tienen
head-unit = { $what } ({ $unit })
head-percent-unit = { $what } (%)
more-men-than-women-persons = más hombres que mujeres (personas)
women-missing-for-parity-persons = mujeres que faltan para la paridad (personas)
in-persons = (personas)
persons-in = personas ({ $unit })
nonresponse-of = falta de respuesta, { $group } (%)
item-nonresponse-percent = falta de respuesta a la pregunta (%)
interval-head = intervalo del { $figure }
interval-head-of = intervalo del { $figure }, { $group }
standard-error = error estándar
coefficient-of-variation = coeficiente de variación (%)
design-effect = efecto de diseño
effective-cases = casos efectivos
effective-n = n efectivo
unweighted-cases = casos no ponderados
weighted-cases = casos ponderados
unweighted-count = número no ponderado
weighted-count = número ponderado
deff = deff
deft = deft
se = EE
se-r = EE/R
se-r-small = ee/r
r-minus = R−2EE
r-plus = R+2EE
r-minus-small = r−2ee
r-plus-small = r+2ee
weighted-n = n ponderado
cv = CV (%)
wn = NP
rse = EER (%)

## Absences
no-one-interviewed = no se entrevistó a ninguna persona de este grupo
no-one-of-either-group = no se entrevistó a ninguna persona de ninguno de los dos grupos
no-weight = ninguna persona de este grupo tiene un peso superior a cero
no-ratio-men-zero = no hay razón, porque la tasa de los hombres es cero
no-ratio-second-zero = no hay razón, porque la segunda cifra es cero
no-logarithm = no hay logaritmo, porque una cifra es cero
one-missing = falta una de las dos cifras
one-unavailable = una encuesta no puede dar una de las dos cifras
no-one-either-sex = nadie de ninguno de los sexos
women-zero-no-logarithm = la tasa de las mujeres es cero, por lo que no hay logaritmo
survey-cannot = la encuesta no puede dar este indicador
population-not-known = no se conoce la población
not-applicable-measure = la medida no se aplica a este indicador
part-absent = no hay cifra de mujeres o de hombres
coverage-too-low = los países con cifras representan una parte demasiado pequeña de la población
calibration-negative = la calibración dio a este grupo pesos negativos y una cifra fuera de su escala
se-not-known = no se conoce el error estándar
se-not-known-or-zero = no se conoce el error estándar, o la estimación es cero
no-interval = no se pudo calcular ningún intervalo
no-cv = no hay coeficiente de variación de un cero
not-asked-for = este estudio no lo pidió
deff-not-known = no se conoce el efecto de diseño
not-known = no se conoce
no-figure = sin cifra
not-available = no disponible
not-settled = no fijado
withheld = reservado

## Reasons of suppression
too-few-cases = muy pocos casos
small-count = demasiado pocas personas con o sin la característica
relative-error = error estándar relativo demasiado grande
wide-interval = intervalo demasiado amplio, o muy pocos casos efectivos
precision-unknown = no se conoce su precisión
contributions-unknown = no se conocen los importes de cada informante
unaudited = los cuadros son demasiado grandes para saber qué podría deducirse
complement = otra cifra reservada podría deducirse de ella
derived = calculada a partir de una cifra reservada
withheld-rules = Reservado: { $rules }, o cifra de la que podría deducirse una de ellas.
withheld-none = Reservado: ninguna cifra.
unreliable-none = Baja fiabilidad: no se señala ninguna cifra.
unreliable-rules = Baja fiabilidad: { $rules }.
low-reliability = baja fiabilidad
fewer-than-cases = menos de { $number } casos no ponderados
cases-between = { $lower } a { $number } casos no ponderados
rules-or = { $first }; o { $rest }

## Intervals
t-logit = intervalo t en la escala logit
t-log = intervalo t en la escala logarítmica
t-asin = intervalo t en la escala arcoseno
t-mean = valor ± t × error estándar
wilson = Wilson con el número efectivo de casos
korn-graubard = Korn-Graubard
profile-likelihood = verosimilitud perfilada
woodruff = intervalo de Woodruff
confidence-intervals = Intervalos de confianza del { $figure }: { $kinds }.
kind-of-interval-rates = tasas, { $method }
kind-of-interval-gaps = brechas, { $method }

## Notes
zero = Cero.
negligible = No es cero, y es menos de la mitad de la unidad impresa.
zero-or-negligible = Cero, o menos de la mitad de la unidad impresa.
note-gap = Brecha: hombres menos mujeres; por encima de cero, las mujeres están rezagadas.
note-gap-lower = Aquí, cuanto menor, mejor. Brecha: mujeres menos hombres; por encima de cero, las mujeres están rezagadas.
note-complement = Aquí, cuanto menor, mejor: la brecha y la paridad se refieren a la proporción de mujeres y hombres no afectados.
note-gap-rounding = Las brechas se calculan antes de redondear.
note-parity = Paridad: mujeres sobre hombres; por debajo de uno, las mujeres están rezagadas.
note-adjusted = Paridad ajustada: por encima de uno, dos menos hombres sobre mujeres.
note-cases = Los casos son respuestas no ponderadas de la base.
note-population = Las cifras que necesitan una población la toman como conocida sin error.
note-bold = Negrita: difiere de la igualdad entre mujeres y hombres en más que su intervalo.
note-clustering = los errores estándar y los intervalos solo reflejan el efecto de los pesos desiguales; no incluyen el efecto de conglomerado
point-verdict = el veredicto es el de la estimación puntual; el intervalo de la razón también contiene valores con otro veredicto
approximated = aproximado: { $proxy }
approximated-plain = aproximado
survey-covers = la encuesta abarca: { $base }
population-known = población tomada como conocida sin error: { $population }
nature-codes = Naturaleza según los códigos de la base de datos de los ODS de las Naciones Unidas: C datos del país, _X no disponible
definition-draft = La definición es un proyecto: { $why }
definition-draft-plain = La definición es un proyecto
verdict-set = Veredicto según el conjunto «{ $set }» ({ $figure }, ambos incluidos), aplicado a { $of } antes de redondear
verdict-set-distance = Veredicto según el conjunto «{ $set }» (grupos según la distancia de la razón a uno), aplicado a { $of } antes de redondear
verdict-of-parity = paridad
not-in-breakdown = { $number } filas no pertenecen a ningún grupo de «{ $concept }» (no aplicable): solo figuran en los totales.
not-in-breakdown-code = { $number } filas no pertenecen a ningún grupo de «{ $name }» (no aplicable): solo figuran en los totales.
not-stated-one = 1 fila no indica «{ $concept }»: no está en ninguna celda de un desglose por ese criterio, pero sí en todos los totales que no lo necesitan.
not-stated = { $number } filas no indican «{ $concept }»: no están en ninguna celda de un desglose por ese criterio, pero sí en todos los totales que no lo necesitan.
not-stated-code = { $number } filas no indican «{ $name }»: no están en ninguna celda de un desglose por ese criterio, pero sí en todos los totales que no lo necesitan.
not-stated-one-code = 1 fila no indica «{ $name }»: no está en ninguna celda de un desglose por ese criterio, pero sí en todos los totales que no lo necesitan.

## Titles
of-figure = { $figure1 } de { $figure2 }
base-of = { $unit } de { $base }
per-cent-of = por ciento de { $base }
place-and = { $place } · { $what }
by-breakdown = { $title }, por { $breakdown }
breakdowns-and = { $first } y { $rest }
list-of-three = { $first }, { $second } y { $third }
list-of-four = { $first }, { $second }, { $third } y { $fourth }
sources-of = Fuentes de «{ $title }»
in-scope = en el ámbito de la encuesta
areas-and-periods = { $number } zonas y períodos
source-line = Fuente: { $sources }.
by-of = por { $what }
no-chart = No hay gráfico de { $indicator }: ninguna fuente tiene cifras.

## Findings
finding-levels = El { $figure1 } de las mujeres y el { $figure2 } de los hombres { $statement }: { $end }
finding-levels-only = El { $figure1 } de las mujeres y el { $figure2 } de los hombres { $statement }
in-place = { $what } ({ $place })
women-behind-by = las mujeres están rezagadas en { $by }
men-behind-by = los hombres están rezagados en { $by }
no-supported-difference = ninguna diferencia que el intervalo confirme, { $by }
no-interval-supports = con una tasa del { $figure } ningún intervalo confirma una diferencia
points-interval = 
    { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     } ({ $figure })
points-only = 
    { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     }
are-women = { $value } de { $universe } son mujeres
are-women-more = { $value } de { $universe } son mujeres, más de la mitad
are-women-less = { $value } de { $universe } son mujeres, menos de la mitad
value-interval = { $figure1 } ({ $figure2 })
women-less-likely = en proporción, menos mujeres que hombres { $verb } en { $among }
men-less-likely = en proporción, menos hombres que mujeres { $verb } en { $among }
women-more-likely = en proporción, más mujeres que hombres { $verb } en { $among }
men-more-likely = en proporción, más hombres que mujeres { $verb } en { $among }
women-behind-among = las mujeres están rezagadas respecto de los hombres en { $among }
men-behind-among = los hombres están rezagados respecto de las mujeres en { $among }
among-both = los dos: { $groups }
among-both-urban-rural = las zonas tanto urbanas como rurales
among-all = la totalidad de { $number }: { $groups }
among-all-age-groups = los { $number } grupos de edad
among-all-wealth-quintiles = los { $number } quintiles de riqueza
among-all-regions = las { $number } regiones
among-some = { $number } de { $figure }: { $groups }
among-some-age-groups = { $number } de los { $figure } grupos de edad
among-some-wealth-quintiles = { $number } de los { $figure } quintiles de riqueza
among-some-regions = { $number } de las { $figure } regiones
among-reliable = { $number } de { $figure } con cifras fiables: { $groups }
among-reliable-age-groups = { $number } de los { $figure } grupos de edad con cifras fiables
among-reliable-wealth-quintiles = { $number } de los { $figure } quintiles de riqueza con cifras fiables
among-reliable-regions = { $number } de las { $figure } regiones con cifras fiables
among-any = alguno de los { $number }: { $groups }
among-any-age-groups = alguno de los { $number } grupos de edad
among-any-wealth-quintiles = alguno de los { $number } quintiles de riqueza
among-any-regions = alguna de las { $number } regiones
among-any-reliable = alguno de los { $number } con cifras fiables: { $groups }
among-any-reliable-age-groups = alguno de los { $number } grupos de edad con cifras fiables
among-any-reliable-wealth-quintiles = alguno de los { $number } quintiles de riqueza con cifras fiables
among-any-reliable-regions = alguna de las { $number } regiones con cifras fiables
among-either = alguno de los dos: { $groups }
among-either-reliable = alguno de los dos con cifras fiables: { $groups }
no-difference-among = los intervalos no confirman ninguna diferencia entre mujeres y hombres en { $among }
gaps-run = { $start }; las brechas van { $run }, y los intervalos no permiten saber cuál es la mayor
largest-in = { $start }; la mayor brecha es la de { $label }, { $by }
men-most-in = { $start }; el mayor rezago de los hombres es el de { $label }, { $by }
largest-of-these-in = { $start }; la mayor de estas brechas es la de { $label }, { $by }
and-men-in-which = { $start }, y los hombres en { $number } ({ $place }); los intervalos no permiten saber cuál de estas brechas es la mayor
and-men-in = { $start }, y los hombres en { $number }; los intervalos no permiten saber cuál de estas brechas es la mayor
and-men-in-largest-women = { $start }, y los hombres en { $others }; la mayor de estas brechas es la de { $label }, donde las mujeres están rezagadas en { $by }
and-men-in-largest-men = { $start }, y los hombres en { $others }; la mayor de estas brechas es la de { $label }, donde los hombres están rezagados en { $by }
run-from-to = de { $figure1 } a { $figure2 } puntos
rural-areas = zonas rurales
urban-areas = zonas urbanas
urban-and-rural-areas = zonas urbanas y rurales
age-groups = grupos de edad
wealth-quintiles = quintiles de riqueza
regions = regiones
groups-by = grupos por { $what }
sentence-colon = { $start }: { $end }

## Charts
figure-of-place = { $title }, { $unit } de { $base }, { $place }
open-marks = Marcas huecas: baja fiabilidad.
open-marks-rules = Marcas huecas: { $rules }
whiskers = Líneas finas: intervalos de confianza del { $figure }.
bands = Bandas: intervalos de confianza del { $figure }.
beyond = Una punta de flecha: el intervalo continúa.
series-break = Dos trazos: ruptura de la serie.
target = meta
path-to-target = Trayectoria hacia la meta
incomplete-lines = Líneas sin ambas cifras, no trazadas:
outlined = Una línea rodea
boundaries = Los límites son los de la fuente del mapa y no entrañan opinión alguna sobre la condición de ninguna zona.
to-word = a
equal-counts = Las clases tienen aproximadamente el mismo número de cifras.
equal-steps = Las clases tienen la misma amplitud.
sexes-latest = Mujeres y hombres, reciente
sexes-older = Mujeres y hombres, anterior
total-only = Solo ambos sexos juntos
nothing = Sin cifra
value = valor
equal = igualdad
women-minus-men = mujeres menos hombres
men-minus-women = hombres menos mujeres
alt-dumbbell = Gráfico de mujeres y hombres, una línea por grupo: { $what }
alt-bars = Barras de mujeres y hombres: { $what }
alt-gaps = Brechas, hombres menos mujeres, con sus intervalos: { $what }
alt-gaps-women = Brechas, mujeres menos hombres, con sus intervalos: { $what }
alt-values = Valores con sus intervalos: { $what }
alt-row = { $label }: mujeres { $women }, hombres { $men }, brecha { $gap }
alt-row-no-gap = { $label }: mujeres { $women }, hombres { $men }
alt-row-gap = { $label }: brecha { $gap }
low-reliability-of = { $what } (baja fiabilidad)

## Data gaps and sampling errors
data-gaps = Lagunas de datos
no-data-gap = Todos los indicadores de este estudio están disponibles, y ningún grupo está vacío.
empty-cells = Las celdas vacías son un resultado: lo que no se mide no puede verse cambiar.
unavailable-combinations = { $number } de { $figure } combinaciones de indicador y fuente no están disponibles.
one-cell = 1 celda
cells = { $number } celdas
missing-in = falta en { $count }
draft-definition = definición provisional
state = estado
reason = motivo
source = fuente
smallest-gap-title = Menor brecha que cada encuesta podía detectar
everybody = Toda la base, por indicador
smallest-gap = menor brecha (puntos)
smallest-gap-note = La menor diferencia entre mujeres y hombres que una prueba bilateral detecta en cuatro de cada cinco encuestas como esta, en torno a una tasa del 50 por ciento, tomando a mujeres y hombres como independientes; más cerca de 0 o del 100 por ciento se detectan diferencias menores.
item-nonresponse = Falta de respuesta a la pregunta
item-nonresponse-by-sex = Falta de respuesta a la pregunta por sexo
of-those-in-scope = { $place } · por ciento de las personas del ámbito
nonresponse-note = Proporción no ponderada de las personas del ámbito cuya respuesta falta y que por ello quedan fuera de la base; cuando difiere entre mujeres y hombres, la comparación puede verse afectada por quienes no respondieron.
answers-count-as-no = según la regla de este indicador, las respuestas { $answers } cuentan como «no» y permanecen en la base
rule-none-left-out = { $rule }, por lo que no se excluye ninguna; no se indica cuántas hay
rule-other-missing = { $rule }; la proporción se refiere solo a las demás respuestas faltantes
quoted-dont-know = «no sabe»
quoted-refused = «se negó»
quoted-not-stated = «no declarado»
sampling-errors = Errores de muestreo
sampling-errors-of = Errores de muestreo: { $indicator }
sampling-errors-legend = R: estimación; EE: error estándar; N y NP: casos no ponderados y ponderados; DEFT: raíz del efecto de diseño; R±2EE: estimación más y menos dos errores estándar.
sampling-errors-legend-small = r: estimación; ee: error estándar; deff: efecto de diseño; deft: su raíz; r±2ee: estimación más y menos dos errores estándar.
code-and-name = { $id } { $indicator }

## Definitions and methods
definitions-and-methods = Definiciones y métodos
how-made = Cómo se obtuvo esta cifra: { $code } { $indicator }
definition = definición
counted = contado
base = base
reference-period = período de referencia
missing-answers = respuestas faltantes
from-the-source-files = de los archivos fuente
estimator = estimador
uncertainty = incertidumbre
sampling-design = diseño muestral
comparison = comparación
targets = metas
source-of-the-definition = fuente de la definición
pools-changes-contrasts = agrupaciones, variaciones y contrastes
published-figures = cifras publicadas
version-status = Versión { $name }, estado: { $status }; organismo responsable: { $custodian }
agreed = acordada
draft = proyecto
withdrawn = retirada
sdg-indicator = Indicador { $name } de los Objetivos de Desarrollo Sostenible
stays-in-base = Permanece en la base y cuenta como que no la tiene: { $answers }.
left-out = Queda fuera de la base: { $answers }.
no-answer-recorded = sin respuesta registrada
dont-know = no sabe
refused = se negó
skipped = pregunta omitida por una respuesta anterior
not-asked-interview = no preguntado en esta entrevista
weighted-share = Proporción ponderada: pesos de las personas contadas sobre pesos de la base
weighted-share-households = Proporción ponderada: pesos de los hogares contados sobre pesos de la base
weighted-mean = Media ponderada de las personas de la base
weighted-mean-households = Media ponderada de los hogares de la base
weighted-total = Total ponderado
weighted-ratio = Total ponderado de un número sobre el de otro
published-as-is = Cifra publicada, tomada tal cual
its-variance = { $weighted }. Su varianza es { $variance }; un subgrupo conserva todas las unidades de la muestra
variance-linearised = la de los valores linealizados entre las unidades primarias de muestreo de cada estrato
variance-replicated = la de las cifras con los pesos replicados
uncertainty-text = Intervalos de confianza del { $figure }; proporciones: { $method }; brechas: valor ± t × error estándar; paridad: en la escala logarítmica. Los extremos de los intervalos son de cada cifra por separado
logit = logit
degrees-of-freedom = Grados de libertad: { $rule }
df-domain = unidades primarias de muestreo menos estratos con filas del dominio; para una brecha, de los dominios de mujeres y hombres juntos
df-full = unidades primarias de muestreo menos estratos de la muestra completa
df-rank = rango de los pesos replicados de la muestra completa, menos 1
df-rank-domain = rango de los pesos replicados de las filas del dominio, menos 1; para una brecha, de los dominios de mujeres y hombres juntos
df-infinite = infinitos (cuantil de la normal)
design-effect-is = Efecto de diseño: { $which }
deft2 = DEFT² = varianza sobre r(1 − r)/n, n no ponderado
deff-wor = respecto del muestreo aleatorio simple sin reposición
deff-wr = respecto del muestreo aleatorio simple con reposición
single-psu-strata = Estratos con una sola unidad primaria de muestreo: { $rule }
single-psu-stops = un estrato con una sola unidad primaria detiene el cálculo
single-psu-none = un estrato con una sola unidad primaria no aporta varianza
single-psu-certainty = un estrato con una sola unidad primaria se toma como elegido con certeza
single-psu-centred = un estrato con una sola unidad primaria se centra en la media de todas las unidades
single-psu-average = un estrato con una sola unidad primaria aporta la media de los demás
comparison-text = Brecha: hombres menos mujeres, en la unidad del indicador; paridad: mujeres sobre hombres; ambas calculadas antes de redondear
comparison-covariance = Brecha: hombres menos mujeres, en la unidad del indicador; paridad: mujeres sobre hombres; ambas calculadas antes de redondear, con la covarianza de mujeres y hombres que viven en las mismas unidades primarias de muestreo
comparison-lower = Cuanto menor, mejor: la brecha y la paridad se refieren a la proporción de cada sexo no afectada
text-source = { $text }. Fuente: { $name }
source-only = Fuente: { $name }
target-set = { $what } para { $figure }, meta fijada por: { $who }
target-set-note = { $what } para { $figure }, meta fijada por: { $who }; { $note }
target-set-what = { $what } para { $figure }, meta fijada por: { $who }, { $which }
target-set-what-note = { $what } para { $figure }, meta fijada por: { $who }, { $which }; { $note }
parity-of-women-and-men = paridad entre mujeres y hombres
parity-range = Paridad de { $figure1 } a { $figure2 } ({ $set })
design-weight = peso { $name1 }, estratos { $name2 }, unidades primarias de muestreo { $name3 }; { $method }
taylor = linealización de Taylor
from-column = { $survey }: { $name2 } de la columna { $name3 }: { $codes }
code-is = { $name1 } = { $name2 }
blank-is = en blanco = { $what }
blank-is-not-applicable = en blanco = no aplicable
blank-is-not-asked = en blanco = no preguntado
blank-is-no-answer = en blanco = sin respuesta
code-is-dont-know = { $name } = no sabe
code-is-refused = { $name } = se negó
code-is-not-applicable = { $name } = no aplicable
code-is-not-asked = { $name } = no preguntado
code-is-no-answer = { $name } = sin respuesta
not-applicable = no aplicable
not-asked = no preguntado
no-answer = sin respuesta

## Suppression log and sources
suppression-log = Registro de cifras reservadas
disclosure-profile = Perfil de confidencialidad «{ $profile }»: { $rules }
complementary = Cuando se reserva un sexo y el total y el otro sexo lo revelarían, se reserva una segunda cifra.
counts-rounded = Los recuentos se redondean a múltiplos de { $figure }.
none-withheld = No se reserva ninguna cifra.
none-withheld-published = No se reserva ninguna cifra: las cifras publicadas vienen sin los casos que un perfil de confidencialidad examina. Los grupos de países con cifras de demasiado pocos países no tienen ninguna.
area-and-period = zona y período
figures = cifras
withheld-figures = cifras reservadas
sources = fuentes
surveys = encuestas
design = diseño
rows = filas
file = archivo
files = archivos
persons-file = personas: { $name }
households-file = hogares: { $name }
sha = SHA-256
remark = observación
severity = gravedad
count = número
code = código
caution = precaución
note = nota
decided = Decisiones tomadas durante el proceso

## Worldwide
world = mundo
worldwide-of = Mundo: { $indicator }
worldwide-gaps = Mundo: dónde faltan cifras por sexo
world-and-groups = { $indicator }, el mundo y grupos de países
countries-of = { $indicator }, países
progress-of = { $indicator }, progreso
progress-continued = { $indicator }, progreso (continuación)
progress-rule = { $indicator }, progreso: { $rule }
covered = cobertura (mujeres; hombres)
countries = países
all-covered = Conjunto: países, cobertura
covered-both = { $figure1 } de { $figure2 }; { $figure3 }; { $figure4 }
ages = edades
nature-status = naturaleza; estado
all-ages = todas las edades
ages-of = edades { $figure }
the-ages = las edades { $figure }
ages-not-stated = edades no indicadas
after-a-break = después de una ruptura
after-breaks = después de { $number } rupturas
reference-period-of = Período de referencia: { $period }.
about-months = unos { $number } meses
last-months = últimos { $number } meses
groups-method = Grupos: la tasa de las mujeres se pondera con mujeres y la de los hombres con hombres de la población del país en el año de la cifra del grupo; un país entra con mujeres y hombres de un mismo año, el más reciente de la ventana; la paridad y la brecha son de las tasas del grupo, no medias de las de los países.
countries-method = Países: tal como se publicaron, sin errores estándar salvo que la fuente los dé; cuando una fuente tiene varios tramos de edad para un país y un año, el más amplio con ambos sexos.
nothing-imputed = Nada sustituye a un país sin cifra; por debajo de la cobertura que exige la regla no hay cifra del grupo.
edition = edición
sources-published = Fuentes de las cifras publicadas
status-break = ruptura de la serie
status-definition = definición distinta
status-estimated = estimado
status-national = estimación nacional
status-forecast = proyección
status-imputed = imputado
status-provisional = provisional
status-revised = revisado
status-population-unknown = población desconocida
status-of-the-source = Estado en la fuente: { $codes }
status-b = B { $what }
status-e = E { $what }
status-d = D { $what }
status-f = F { $what }
status-i = I { $what }
status-p = P { $what }
status-r = R { $what }
status-u = U { $what }
status-double-dagger = (‡) { $what }
status-plus = (+) { $what }
status-asterisk = * { $what }
interval-as-published = El intervalo es el publicado.
population-of-unknown = { $what }, población desconocida de { $number }
world-finding = { $area }: el { $figure1 } de las mujeres y el { $figure2 } de los hombres { $statement } ({ $years }; { $coverage })
coverage-with = { $figure1 } de { $number } países, con { $shares }
shares-of = el { $figure1 } de las mujeres y el { $figure2 } de los hombres
shares-unknown = una proporción desconocida de mujeres y hombres
no-world-figure = No hay cifra mundial de { $indicator }: las cifras por sexo de { $figure } de { $number } países abarcan { $shares }
no-group-figure = No hay cifra de { $group } para { $indicator }: las cifras por sexo de { $figure } de { $number } países abarcan { $shares }
reported-below = { $indicator }: la tasa declarada de las mujeres es inferior a la de los hombres en { $figure } de { $number } países
reported-below-widest = { $indicator }: la tasa declarada de las mujeres es inferior a la de los hombres en { $figure } de { $number } países; la mayor brecha es la de { $area }, { $by }
gaps-without-intervals = Estas brechas vienen sin intervalos, por lo que las pequeñas pueden deberse al azar.
alt-map = Mapa de la brecha por país. { $title }. Las mayores, en puntos: { $list }. Los países sin cifras de mujeres y hombres aparecen rayados.
map-item = { $area } { $figure }
newest-up-to = Hombres menos mujeres, puntos; cifras más recientes hasta { $figure }, { $base }
over-time = { $indicator }: la brecha declarada es menor en el último año que en el primero comparable en { $number } de estos { $figure } países
over-time-subtitle = { $unit } de { $base }; los { $number } países con más años por sexo, y después por nombre{ $end }
alt-lines = Líneas de mujeres y hombres por año. { $lines }. Meta: { $figure1 } para { $figure2 }
alt-lines-plain = Líneas de mujeres y hombres por año. { $lines }
alt-line = 
    { $area }: brecha de { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     } en { $figure1 }, { $figure2 } en { $figure3 }
no-world-chart = No hay { $chart } de { $indicator }: { $why }.
chart = gráfico
map = mapa
no-gap-country = ningún país tiene una brecha
no-three-years = ningún país tiene cifras de mujeres y hombres de tres años
no-two-years = ningún país tiene una brecha en dos años comparables
no-group = ningún grupo de países tiene una cifra
counted-apart-title = Las cifras recientes por sexo son de países con el { $figure1 } de las mujeres del mundo («{ $most }»), y con el { $figure2 } («{ $least }»)
counted-apart-one = Las cifras recientes por sexo son de países con el { $figure } de las mujeres del mundo («{ $indicator }»)
counted-apart-countries = Las cifras recientes por sexo son de { $number } de { $figure } países («{ $indicator }»)
availability-none = ninguna cifra de mujeres y hombres de ninguno de los { $figure1 } indicadores en { $number } de { $figure2 } países
availability-none-one = ninguna cifra de mujeres y hombres («{ $indicator }») en { $number } de { $figure } países
availability-some = cifras de mujeres y hombres de al menos uno de los { $figure1 } indicadores en { $number } de { $figure2 } países
availability-some-one = cifras de mujeres y hombres («{ $indicator }») en { $number } de { $figure } países
availability-part = { $group }, países de { $first } a { $last }
availability-part-of-all = países de { $first } a { $last }
availability-others = otros países y territorios
availability-subtitle = Cifras más recientes por país; reciente: { $figure } y posteriores
availability-subtitle-beside = Cifras más recientes por país; reciente: el año que figura junto al indicador y posteriores
indicator-since = { $indicator } ({ $figure } y posteriores)
alt-availability = Mapa de calor de los países por indicador.
alt-availability-recent = Países con cifras recientes de mujeres y hombres: { $list }
counted-apart-subtitle = Proporción de mujeres en países con cifras recientes por sexo; el cuadro indica de qué años
alt-heat-map = Mapa de calor de los grupos por indicador. Mundo: { $list }
heat-map-of-groups-by-indicator = Mapa de calor de los grupos por indicador.
percent-of-women = Por ciento de las mujeres
percent-of-countries = % de los países
since-and-later = { $indicator }: cifras de { $figure } y posteriores.
gaps-note = Los miembros de un grupo, los países con cifras y las proporciones de mujeres y hombres abarcadas son los de los cuadros de los grupos.
gaps-title = Cifras por sexo: proporciones de los países y de la población
gaps-subtitle = Países y territorios con una cifra reciente de mujeres y de hombres
newest-title = Cifras más recientes por sexo, por país
newest-subtitle = Año, y tramo de edad cuando la fuente lo indica
total-year = total { $figure }
only-total = solo una cifra de todas las personas
no-figure-in-sources = ninguna cifra en las fuentes
year-ages = { $figure1 }, { $figure2 }
goal = Meta: { $figure1 } para { $figure2 } ({ $who }); base { $figure3 }
goal-none = No se ha fijado ninguna meta para todos los países; base { $figure }
not-comparable = Los valores de { $figure1 } ({ $first }) y { $figure2 } ({ $second }) no son comparables.
list-2019-back = De algunos miembros o de todos no se sabe desde cuándo lo son; la lista de { $years } se aplica a años anteriores.
list-newest = Los miembros son los de la lista de { $years }, la más reciente aquí.
figures-before-rest = Las cifras de { $figure1 } de { $number } países son anteriores a { $figure2 } y se refieren a { $period }; las de los demás, a: { $period2 }.
figures-before = Las cifras de { $figure1 } de { $number } países son anteriores a { $figure2 } y se refieren a { $period }.
window-note = Cada país con sus cifras más recientes de los { $number } años hasta ese; un grupo necesita { $share }.
window-note-any = Cada país con sus cifras más recientes de los { $number } años hasta ese; cualquier proporción de la población da una cifra de grupo.
half-of-either = al menos la mitad de la población de cada sexo
weights-ages = Los países se ponderan con mujeres y hombres de { $ages }. Las indican { $figure } de { $number } países; { $figure2 } no indican ninguna.
weights-none = Los países se ponderan con mujeres y hombres de { $ages }: ninguno de los { $number } países indica las edades de su cifra.
age-ranges-differ = Los tramos de edad difieren entre países; las cifras entran como se publicaron.
areas-without-population = Las zonas sin población por sexo y edad, en su mayoría de menos de 90.000 personas, no están en ninguna cifra; las proporciones abarcadas son de la población conocida.
groups-no-se = Las cifras publicadas no tienen errores estándar, por lo que las de los grupos tampoco.
groups-se = Un grupo tiene error estándar cuando todos sus países lo tienen.
members-note = Los miembros de un grupo son los del año de su cifra, ejercicio fiscal para los grupos de ingreso; cuando son de la lista de otro año, lo dice una nota de la fila. No se cuentan las zonas sin población permanente.
rate-of-all-note = La tasa del conjunto de un grupo es la de sus mujeres y hombres juntos, ponderada con su número: de los mismos países y años. Solo cuando no hay cifra de mujeres y hombres es la de los países que declaran una tasa del conjunto. La última columna tiene los países y las proporciones de mujeres y de hombres que abarcan.
where-no-ages = Cuando una fuente no indica edades, las personas son las de { $ages }, como en los grupos de países.
not-together = Mujeres y hombres no se estimaron juntos, por lo que la comparación no tiene error estándar.
zero-or-hundred = Una tasa es del 0 o del 100 por ciento, por lo que el error estándar de la comparación es demasiado pequeño.
published-source-line = Fuente: { $sources }; grupos de países: agregación propia.
published-source-line-quoted = Fuente: { $names }; grupos de países: agregación propia.
source-publishers = { $source } ({ $publishers })
published-by-sex = Cifras publicadas por sexo

## Progress
first-and-last = Primera y última cifra
rules-disagree = Las reglas discrepan porque plantean preguntas distintas; ninguna va más allá de lo que las cifras permiten. Una proyección lleva el estado F.
rule-uncertain = Cuando una regla no dice si un movimiento se distingue de la ausencia de cambio, no hay errores estándar, o hay demasiado pocas cifras, para saberlo.
no-result-of = Ningún país tiene un resultado de: { $rules } ({ $why }).
target-achieved = meta alcanzada
target-missed = meta no alcanzada
on-track = en buen camino
acceleration-needed = se necesita acelerar
limited = limitado
deterioration = deterioro
target-met-or-on-track = meta alcanzada o en buen camino
fair-progress = progreso aceptable, se necesita acelerar
stagnation = estancamiento o retroceso
significant-progress = progreso significativo
moderate-progress = progreso moderado
no-progress = sin progreso
moderate-deterioration = deterioro moderado
significant-deterioration = deterioro significativo
maintain = mantener
accelerate = acelerar
reverse = revertir
no-gap = sin brecha
closes = se cierra
closes-later = se cierra más tarde
does-not-close = no se cierra
remaining = restante { $figure }
remaining-points = 
    restante { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     }
required-per-year = necesario por año { $figure }
required-per-year-points = 
    necesario por año { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     }
growth-of = crecimiento { $figure }
required-growth = crecimiento necesario { $figure }
growth-end-points = crecimiento según los extremos { $figure }
growth-all-points = crecimiento según todos los puntos { $figure }
current-status = situación actual { $figure }
anticipated-gap-percent = brecha prevista, por ciento { $figure }
change-points = 
    variación { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     }
change-points-words = 
    variación { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     }: { $words }
change-points-between = variación de { $figure1 } a { $figure2 } puntos: { $words }
slope-points = 
    pendiente { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     } por año: { $words }
slope-points-between = pendiente de { $figure1 } a { $figure2 } puntos por año: { $words }
growth-words = crecimiento { $figure }: { $words }
logit-slope-words = pendiente del logit { $figure }: { $words }
rate-words = tasa { $figure }: { $words }
ratio-of = razón { $figure }
level-of = nivel { $figure }
gap-of = brecha { $figure }
gap-points = 
    brecha { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     }
years-behind = años de retraso { $figure }
year-of-reaching = año en que se alcanza la meta { $figure }
women-per-year = 
    mujeres por año { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     }
men-per-year = 
    hombres por año { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     }
required-of-women = 
    necesario de las mujeres por año { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     }
deviation-of-base = desviación de la base { $figure }
deviation-of-last = desviación del último año { $figure }
target-deviation = desviación objetivo { $figure }
closed-in = cerrada en { $figure } (F)
gap-in-year = 
    brecha de { $figure }: { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     } (F)
year-value = { $figure }: { $value } (F)
year-value-interval = { $figure }: { $value } (F), intervalo de { $figure1 } a { $figure2 }
above-hundred = más del 100 %
below-zero = menos del 0 %
through-a-break = a través de una ruptura
projection = proyección
told-apart = se distingue de la ausencia de cambio
not-told-apart = no se distingue de la ausencia de cambio
uncertainty-unknown = incertidumbre desconocida
not-told = no indicado
base-or-before = los datos terminan en { $figure } o antes, y el progreso se cuenta desde entonces
figures-not-comparable = las cifras no son comparables
zero-figure = una cifra es 0 % o 100 %, y una tendencia curva necesita cifras intermedias
zero-figure-year = la cifra de { $figure1 } es { $figure2 }, y una tendencia curva necesita cifras entre 0 % y 100 %
last-level-before = el último nivel de las mujeres se superó antes de que comiencen las series
men-not-come = los hombres no han llegado al último nivel de las mujeres
beyond-horizon = ninguna proyección va más allá de { $number } años después de la última cifra
fewer-than-figures = menos de { $number } cifras
window-too-short = las cifras de la ventana abarcan menos de { $number } años
only-one-figure = solo una cifra está en los últimos { $number } años
no-common-years = mujeres y hombres tienen menos de dos años en común desde la base
target-met-already = la meta ya se ha alcanzado
base-equals-target = el valor del año base es igual a la meta, por lo que no se necesitaba ningún cambio
straight-lines = rectas de mujeres y hombres
logistic-curve = curva logística
gompertz-curve = curva de Gompertz
logit-trend = tendencia logit
compound-growth = crecimiento compuesto desde la base
distance-to-target = distancia a la meta y ritmo necesario
change-since-base = variación desde la base
rate-of-change = ritmo de variación
ratio-rule = regla de la razón
expected-value-rule = regla del valor esperado
anticipated-gap = brecha prevista
bands-without-target = tramos de crecimiento sin meta
natural-limit = límite natural
five-bands = cinco tramos, últimos { $number } años
parity-ratio = razón de paridad
time-distance = distancia temporal de las mujeres respecto de los hombres
closing-of-the-gap = cierre de la brecha
three-bands = tres tramos

## Joining
joined-semicolon = { $first }; { $rest }
joined-colon = { $first }: { $rest }
joined-comma = { $first }, { $rest }
joined-dot = { $first } · { $rest }
joined-brackets = { $first } ({ $rest })

## Ages
years-of-age = { $figure } años
years-and-over = { $number } años y más
no-target-set = no se ha fijado ninguna meta
no-common-ages = { $name }: { $name2 }: ningún tramo de edad es el de los { $number } países; por número de países { $name3 }
totals-not-between = { $name }: { $name2 }: totales que mujeres y hombres no dan, primero { $name3 }: { $figure1 } con { $figure2 } mujeres y { $figure3 } hombres
no-rule-has-result = { $number } series de un país y un sexo tienen dos cifras o más, y ninguna regla tiene un resultado para ellas ({ $why }).
lower = inferior
upper = superior
notes-of-the-tables = Notas de los cuadros
current-status-word = situación actual

## Charts of stems, ranks, steps and projections
women-ahead = mujeres por delante
men-ahead = hombres por delante
interval-holds-equality = el intervalo contiene la igualdad
projection-f = F: proyección
fan-bands = Bandas después de la última cifra: intervalos de predicción del 50, el 80 y el 95 %.
rank-of = puesto { $figure }
rank-of-interval = puesto { $figure } ({ $lower } a { $upper })
rank-axis-gap = Puesto, desde la mayor brecha ({ $what })
rank-axis-value = Puesto, desde el mayor valor
rank-whiskers = Bigotes: los puestos que permiten las pruebas de todos los pares, { $figure } para todos a la vez.
alt-stems = Tallos desde la igualdad, { $what }: { $title }, { $place }
alt-ranks = Puestos con sus intervalos: { $what }
alt-steps = Peldaños de un orden para mujeres y hombres: { $what }
alt-gaps-without = Brechas de quienes no lo tienen, hombres menos mujeres, con sus intervalos: { $what }
alt-stems-countries = Tallos desde la igualdad por país. { $title }. En puntos: { $list }
alt-ranks-countries = Puestos de la brecha por país. { $title }. { $list }
ranked-no-certain = { $indicator }: países según el tamaño de la brecha declarada; sin errores estándar ningún puesto es seguro
ranked-widest = { $indicator }: la brecha es mayor en { $area }
ranked-widest-may = { $indicator }: la brecha declarada es mayor en { $area }, cuyo puesto puede llegar hasta el { $figure }
fan-title = { $indicator }, mujeres y hombres hasta { $figure } si continúa la tendencia del logit
fan-subtitle = { $unit } · { $base }; F: proyección; de los países con proyección, los { $number } con más años por sexo, y después por nombre{ $end }
fan-subtitle-plain = { $unit } · { $base }; F: proyección; de los países con proyección, los { $number } con más años por sexo, y después por nombre
fan-subtitle-one = { $unit } · { $base }; F: proyección; el único país con proyección
fan-target-short = meta { $figure1 } para { $figure2 }, más allá de lo que puede proyectarse
target-by = meta { $figure1 } para { $figure2 }
target-by-sentence = Meta: { $figure1 } para { $figure2 }.
alt-fan = Líneas de mujeres y hombres por año, con proyecciones. { $list }
alt-fan-women = mujeres { $figure1 } en { $figure2 } (intervalo del 95 %: { $figure3 } a { $figure4 })
alt-fan-men = hombres { $figure1 } en { $figure2 } (intervalo del 95 %: { $figure3 } a { $figure4 })
gap-narrower = { $indicator }: la brecha declarada es menor en { $figure1 } que en { $figure2 } en { $number } de { $figure3 } países
men-minus-women-points-base = Hombres menos mujeres, puntos, { $base }
men-minus-women-pp = Hombres menos mujeres, puntos porcentuales
alt-slope = Líneas de { $figure1 } a { $figure2 }. { $title }. En puntos: { $list }
slope-item = { $area } { $figure1 } y { $figure2 }
two-figures = { $figure1 } y { $figure2 }
groups-title = { $indicator }: la tasa declarada de las mujeres es más baja en el grupo siguiente: { $group }, { $figure }
groups-subtitle = { $unit } · { $base }; cifras más recientes hasta { $figure }
alt-heat-groups = Mapa de calor de grupos. Mujeres y hombres: { $list }
women-and-men-by = { $title }, mujeres y hombres por { $what }
no-trend-country = ningún país tiene una tendencia de mujeres y de hombres que pueda proyectarse
heat-map-word = mapa de calor

## Action page
action = acción
action-none = Este estudio no da el número de mujeres por conectar: no lo solicita (women_to_parity) o no se conoce la población.
women-missing-note = Mujeres que faltan para la paridad: cuántas mujeres más habría que contar para que la tasa de las mujeres fuera la de los hombres, con la población actual. No falta ninguna donde las mujeres van por delante
countries-at-most = Países: como máximo { $number } por indicador, aquellos donde faltan más mujeres según las cifras declaradas
women-to-connect = Mujeres por conectar
indicator-area-period = Indicador, zona y período
verdicts-word = veredictos
series-note = Una serie es la de las mujeres, los hombres o el conjunto de un país. Una regla cuenta aquellas para las que tiene un veredicto; los cuadros de progreso las contienen todas, con las razones donde no lo hay
verdicts-reported = Los veredictos se refieren a cifras declaradas; los movimientos pueden deberse al azar donde no se conoce el error estándar
progress-verdicts = Progreso: cuántas series tienen qué veredicto
indicator-and-rule = Indicador y regla
series-judged = Series evaluadas

## Findings of tests adjusted for their number
levels-colon = { $indicator }: mujeres { $figure1 }, hombres { $figure2 }: { $end }
level-of-group = { $value } de: { $universe }, { $statement }
single-intervals = { $indicator }: los intervalos por separado excluyen la igualdad en { $number } de { $figure } { $groups }, pero las pruebas ajustadas por examinar los { $figure2 } no confirman ninguna de estas brechas
single-intervals-reliable = { $indicator }: los intervalos por separado excluyen la igualdad en { $number } de los { $figure } { $groups } con cifras fiables, pero las pruebas ajustadas por examinar los { $figure2 } no confirman ninguna de estas brechas
intervals-support-none = { $indicator }: los intervalos no confirman ninguna diferencia entre mujeres y hombres en { $among }
women-behind-men-in = { $indicator }: las mujeres están por detrás de los hombres en { $among }
men-behind-women-in = { $indicator }: los hombres están por detrás de las mujeres en { $among }
either-area = las zonas { $first } o { $rest }
gaps-run-to = 
    hasta { $number ->
         [one] { $number } punto
        *[other] { $number } puntos
     }
world-widest-reported = { $start }; la mayor brecha declarada está en { $area }, { $by }
world-holds = { $start }; la diferencia se mantiene en { $which } al examinarlos todos juntos; { $place }
told-of-known = { $number } de los { $figure } con errores estándar
world-widest = la brecha es mayor en { $area }, { $by }
world-widest-not-told = la mayor brecha declarada está en { $area }, { $by }, y los intervalos no dicen si es la mayor
multiple-method = Los números de grupos en que las mujeres o los hombres están por detrás, el grupo de la mayor brecha y los puestos se basan en pruebas ajustadas por el número de grupos examinados (Holm), por lo que pueden ser menos que los intervalos que excluyen la igualdad; cada frase es una familia propia. Los intervalos de los puestos valen para todos los grupos a la vez (diferencias por pares según Mogstad, Romano, Shaikh y Wilhelm 2024, con el método de Holm); los grupos de una misma encuesta se comparan con la suma de sus errores estándar, pues allí no se conoce su covarianza.

## Comparisons
changes-between-rounds = Cambios entre rondas
contrasts-word = contrastes
contrast-word = contraste
contrasts-single = Contrastes de cifras individuales
log-ratio = razón logarítmica
lower-gap-without = Aquí un valor menor es mejor: la brecha es de la proporción de mujeres y hombres que no lo tienen
bold-two = Negrita: difiere de la igualdad (de mujeres y hombres, o de las dos cifras) en más que su intervalo
bold-one = Negrita: difiere de la igualdad en más que su intervalo
compared-before-rounding = Las cifras se comparan antes de redondear
shares-percent-points = Las proporciones están en por ciento, sus diferencias en puntos
difference-ratio-note = Diferencia: primero menos segundo; razón: primero entre segundo
first-word = primero
second-word = segundo
figure-word = cifra
result-word = resultado
share-who-all = la proporción de quienes { $statement }
share-who-women = la proporción de mujeres que { $statement }
share-who-men = la proporción de hombres que { $statement }
of-women = { $indicator } de las mujeres
of-men = { $indicator } de los hombres
rose-by = { $what }: aumento de { $by }
fell-by = { $what }: descenso de { $by }
no-change-of = ningún cambio que el intervalo confirme en { $what }, { $by }
gap-moved-against = la brecha se movió en contra de las mujeres en { $by }
gap-moved-favour = la brecha se movió a favor de las mujeres en { $by }
no-change-gap = ningún cambio de la brecha que el intervalo confirme, { $by }
place-from-to = { $place }, de { $figure1 } a { $figure2 }: { $end }
change-from-to = cambio de { $figure1 } a { $figure2 }
change-note = Cambio: { $figure1 } menos { $figure2 }; { $rounds }
rounds-shared = las dos rondas comparten sus unidades primarias de muestreo y se tiene en cuenta su covarianza
rounds-independent = las dos rondas son muestras independientes
change-gap-note = Cambio de la brecha: por encima de cero, se movió en contra de las mujeres
against = { $first } frente a { $second }
contrast-note = { $what }; ambos grupos son de una misma muestra y se tiene en cuenta su covarianza
minus = { $first } menos { $second }
over = { $first } entre { $second }
minus-over = { $first } menos { $second }, entre { $third }
ln-over = logaritmo natural de { $first } entre { $second }
not-same-change = Las encuestas no miden lo mismo, de modo que una diferencia es en parte de medición: { $what }
not-same-pool = Las encuestas agrupadas no miden lo mismo: { $what }
who-is-covered = quién está cubierto
who-in-base = quién está en la base
which-answers-count = qué respuestas cuentan como afirmativas
which-missing-stay = qué respuestas faltantes permanecen en la base
how-coded = cómo se codificaron las respuestas
approximation-word = aproximación
as-defined = según la definición
no-note = sin nota
pool-of = Agrupación de { $names }
pool-design = agrupación de muestras independientes; { $weights }
pool-equal = cada encuesta cuenta igual
pool-population = cada encuesta cuenta según la población que indica el estudio
pool-own = los pesos propios de las encuestas, con estratos dentro de cada encuesta
pool-populations-fixed = La agrupación toma las poblaciones como conocidas sin error.
pool-method = Agrupación: las cifras de las encuestas, cada una por su tamaño, entre la suma de los tamaños; las muestras son independientes y un tamaño estimado tiene su propia varianza. Una cifra agrupada solo se muestra si de ella no se sigue ninguna cifra retenida de una encuesta
changes-method = Cambios y contrastes: las varianzas de muestras distintas se suman, con los grados de libertad de Satterthwaite; las cifras de una misma muestra tienen su covarianza. Solo se muestran si se muestran sus dos cifras
pools-changes-contrasts-b = Agrupaciones, cambios y contrastes

## Methods of other designs and estimators
cannot-be-had = { $place }: no puede obtenerse, porque { $why }
approximated-for = { $place }: aproximado: { $proxy }
own-rule = { $place } sigue su propia regla: { $rule }
known-without-error = { $place }: { $population }, tomado como conocido sin error
quantile-math = Cuantil ponderado: el menor valor que una proporción de { $figure } o más de la base ({ $who }) no supera
quantile-rule = Cuantil ponderado de probabilidad { $figure } sobre la base ({ $who }), según la regla { $name } (Hyndman y Fan 1996, trasladada a pesos)
quantile-variance = Su varianza es la de los cuantiles con los pesos replicados
quantile-woodruff = Su intervalo es el de Woodruff: { $share } de la proporción igual o inferior, invertido; su error estándar es la mitad del ancho del intervalo entre t
the-t-interval = el intervalo t
the-method-interval = el intervalo { $name }
weighted-share-b = Proporción ponderada: pesos de las unidades contadas ({ $who }) entre los pesos de la base
weighted-mean-b = Media ponderada sobre la base ({ $who })
variance-is-both = la de los valores linealizados entre las unidades primarias de cada estrato o, si una encuesta tiene pesos replicados, la de las cifras con esos pesos
weights-only = { $place }: su archivo no indica los conglomerados, por lo que los errores estándar muestran solo el efecto de los pesos desiguales
df-where-replicated = { $df }; si una encuesta tiene pesos replicados, { $rank }
arcsine-root = arcoseno de la raíz cuadrada
likelihood-scaled = verosimilitud de perfil, escalada por el efecto del diseño
lonely-fail = un estrato con una sola unidad detiene el cálculo
lonely-remove = un estrato con una sola unidad no aporta varianza
lonely-certain = un estrato con una sola unidad se tomó con certeza
lonely-centred = un estrato con una sola unidad se centra en la media de todas las unidades
lonely-average = un estrato con una sola unidad aporta el promedio de los demás
lonely-within = { $lonely }, también donde solo el grupo deja una
taylor-b = linealización de Taylor; { $lonely }
replicates-file = pesos replicados del archivo ({ $kind }, desviaciones respecto de { $centre })
replicates-made = pesos replicados a partir de estratos y unidades ({ $kind }, desviaciones respecto de { $centre }); { $lonely }
full-sample = la muestra completa
mean-of-replicates = la media de las réplicas
brr = replicación repetida equilibrada
brr-fay = replicación repetida equilibrada según Fay
brr-fay-factor = replicación repetida equilibrada según Fay con factor { $figure }
jk1 = jackknife por eliminación de una unidad
jk2 = jackknife por pares
jkn = jackknife estratificado
jkn-delete = jackknife estratificado por eliminación de una unidad
bootstrap = bootstrap
rao-wu = bootstrap de Rao-Wu con { $number } réplicas, semilla { $figure }
successive = diferencias sucesivas
successive-acs = diferencias sucesivas, como en la American Community Survey
own-method = un método propio de la encuesta
with-scale = { $kind }, escala { $figure }
weight-divided = peso { $name } dividido entre { $figure }
weight-column = peso { $name }
weights-fpc = pesos a partir de las poblaciones finitas
no-weights = sin pesos
no-strata = sin estratos
strata-of = estratos { $name }
drawn-one-by-one = { $rows } extraídos uno a uno
clusters-not-given = conglomerados no indicados en el archivo, por lo que los errores estándar muestran solo el efecto de los pesos, sin conglomeración; { $rows } tomados como extraídos uno a uno
psu-of = unidades primarias de muestreo { $name }
numbered-within = numeradas dentro de los estratos
finite-population = población finita { $name }
stage-of = etapa { $figure }: { $what }
units-of = unidades { $name }
own-weights-sexes = Mujeres y hombres tienen pesos propios; las cifras de ambos sexos se combinan según la población
weights-step = Pesos { $step }
fixed-for-rows = { $name1 } es { $name2 } en todas las filas
everything-else = todo lo demás = { $name }
from-column-times = { $name1 } de la columna { $name2 } por { $figure }
from-column-plain = { $name1 } de la columna { $name2 }
from-column-label = { $name1 } de la columna { $name2 } por etiqueta: { $codes }
made-of-bands = { $name1 } se forma con tramos de { $name2 }
counts-how-many = { $name1 } cuenta cuántos de { $name2 } son { $name3 }
follows-from = { $name } se deriva de otros conceptos por la regla del registro
weighted-groups = { $name1 } se forma con { $number } grupos ponderados de { $name2 }
verdict-both-included = Veredicto según el conjunto «{ $set }» ({ $figure } a { $figure2 }, ambos incluidos), aplicado a { $of } antes de redondear
verdict-from = Veredicto según el conjunto «{ $set }» (desde { $figure }), aplicado a { $of } antes de redondear
definition-is = La definición es: { $what }
population-of-base = población de la base
taken-as-known = { $what } tomado como conocido sin error: { $population }

## Analyses
analyses = análisis
cases-of = { $number } casos sin ponderar
left-out-b = { $number } excluidos, sin respuesta o fuera de los grupos
design-df = { $figure } grados de libertad del diseño
normal-quantiles = cuantiles normales
no-result = Sin resultado: { $why }
low-reliability-group = Fiabilidad baja: un grupo tiene menos de { $number } casos sin ponderar.
low-reliability-source = Baja fiabilidad: la fuente indica el estado U.
withheld-whole-cases = Retenido por completo: uno de sus grupos tiene menos de { $number } casos sin ponderar
withheld-whole-derived = Retenido por completo: se basa en un grupo retenido en los cuadros
withheld-whole-other = Retenido por completo: de él podría deducirse una cifra retenida
withheld-whole-pooled = Retenido por completo: una agrupación de encuestas revela sumas con cifras retenidas, y esto podría revelar los demás términos
ci-t = Intervalos de confianza del { $figure }: valor ± t × error estándar
p-below = El valor p es inferior a { $figure }: un estadístico tan grande sería raro si hubiera { $what }. Apunta a una asociación en la población y no indica causa
p-not-below = El valor p no es inferior a { $figure }: la muestra no distingue esto de { $what }, lo que no prueba que haya: { $whether }
independence = independencia
no-difference = ausencia de diferencia
none-word = ninguna
tests-holm = El estudio muestra { $number } pruebas: p (Holm) está ajustado por todas ellas (Holm 1979)
one-test = Una sola prueba en el estudio: sin ajuste por varias
coefficients-note = Los coeficientes son asociaciones con el resultado dados los demás términos, no efectos; sus valores p no están ajustados por el número de coeficientes
term-word = término
part-word = parte
by-word = por
coefficient = coeficiente
per-cent-or-own = Por ciento, o unidad propia
per-cent-or-points = Por ciento o puntos
variance-word = varianza
odds-ratio = razón de momios
numerator-df = gl del numerador
denominator-df = gl del denominador
df-word = gl
p-word = p
p-holm = p (Holm)
share-of-gap = Proporción de la brecha, por ciento
variance-imputation = Varianza debida a la imputación, por ciento
no-case = ningún caso
cannot-of-cases = no puede obtenerse de estos casos
title-independence = { $indicator }: independencia de { $what }
title-difference-by = { $indicator }: diferencia por { $what }
title-difference-from = { $indicator }: diferencia respecto de { $figure }
title-logistic = { $indicator }: regresión logística sobre { $what }
title-linear = { $indicator }: regresión lineal sobre { $what }
title-gap-by = { $indicator }: brecha entre mujeres y hombres por { $what }
title-standardised = { $indicator }, estandarizado por { $what }
title-by-standardised = { $indicator } por { $by }, estandarizado por { $what }
title-by = { $indicator } por { $what }
title-variance = { $indicator }: varianza
title-variance-by = { $indicator }: varianza por { $what }
only-rows-with = Solo filas con { $what }; todas las unidades de muestreo permanecen en la varianza
concept-is = «{ $what }» = «{ $code }»
gap-men-minus-women = Brecha, hombres menos mujeres
gap-men-minus-women-of = Brecha, hombres menos mujeres: { $what }
rate-of-women = tasa de las mujeres
rate-of-men = tasa de los hombres
goes-with-composition = Va con la composición
goes-with-rates = Va con las tasas en el mismo grupo
three-composition = Tres partes: composición
three-rates = Tres partes: tasas
three-interaction = Tres partes: interacción
gap-includes-zero = El intervalo de la brecha incluye 0, por lo que no se dan sus proporciones: dividirían entre un número que puede ser nulo
all-complement = Menor es mejor: todas las cifras son del complemento, 1 menos la tasa
parts-describe = Las partes describen con qué va unida la brecha; no la explican. Un grupo que falta en un sexo cuenta solo como composición
kitagawa = Descomposición de Kitagawa (1955) de la tasa de los hombres menos la de las mujeres en composición y tasas, tres partes según Winsborough y Dickinson (1971); errores estándar por linealización según el diseño
means-together = Proporciones o medias estimadas conjuntamente, con su covarianza según el diseño
linear-method = Regresión lineal ponderada; covarianza sándwich según el diseño (Binder 1983), t con los grados de libertad del diseño más 1 menos el número de coeficientes
logistic-method = Regresión logística ponderada; los coeficientes son logaritmos de razones de momios, covarianza sándwich según el diseño (Binder 1983), t con los grados de libertad del diseño más 1 menos el número de coeficientes
is-compared-with = { $what } se compara con «{ $code }»
constant-word = constante
rao-scott-1 = Prueba de independencia de Rao-Scott, primer orden: X² de Pearson frente a χ² por el efecto medio del diseño (Rao y Scott 1984)
rao-scott-2 = Prueba de independencia de Rao-Scott, segundo orden (Rao y Scott 1984; Thomas y Rao 1987)
wald-test = Prueba de independencia de Wald según el diseño (Koch, Freeman y Freeman 1975)
t-two-means = Prueba t de la diferencia de dos medias según el diseño (svyttest de R); la covarianza de los grupos está en su error estándar
t-one-mean = Prueba t de una media según el diseño (svyttest de R)
standardised-word = estandarizado
crude-word = bruto
standard-composition = Estándar: la composición ({ $what }) de todas las filas del análisis, tomada como conocida sin error
standardise-method = Estandarización directa (Korn y Graubard 1999, §3.7); errores estándar por linealización según el diseño

## Diagnostics of surveys
zero-weight-one = 1 fila tiene peso 0: no entra en ninguna estimación, pero su unidad primaria de muestreo cuenta.
zero-weight-many = { $number } filas tienen peso 0: no entran en ninguna estimación, pero sus unidades primarias de muestreo cuentan.
single-psu-one = 1 estrato tiene una sola unidad primaria de muestreo; { $end }
single-psu-many = { $number } estratos tienen una sola unidad primaria de muestreo; { $end }
group-psu-one = 1 estrato tiene filas de este grupo en una sola unidad primaria de muestreo; { $end }
group-psu-many = { $number } estratos tienen filas de este grupo en una sola unidad primaria de muestreo; { $end }
psu-removed-one = no aporta varianza, que por tanto es demasiado pequeña
psu-removed-many = no aportan varianza, que por tanto es demasiado pequeña
psu-certain-one = cuenta como seleccionada con certeza y no aporta varianza
psu-certain-many = cuentan como seleccionados con certeza y no aportan varianza
psu-centred-one = se centra en la media de todas las unidades primarias de muestreo
psu-centred-many = se centran en la media de todas las unidades primarias de muestreo
psu-average-one = aporta la varianza media de los demás estratos
psu-average-many = aportan la varianza media de los demás estratos
fpc-of-one-one = 1 estrato tiene una población finita de exactamente 1, y ninguno tiene una mayor: se toma como la fracción de muestreo, de modo que todas las unidades cuentan como seleccionadas y no añaden varianza.
fpc-of-one-many = { $number } estratos tienen una población finita de exactamente 1, y ninguno tiene una mayor: se toma como la fracción de muestreo, de modo que todas las unidades cuentan como seleccionadas y no añaden varianza.
later-stages-out = Los pesos replicados generados contienen solo la varianza de la primera etapa: se omiten las etapas posteriores del diseño y los errores estándar pueden ser demasiado pequeños.
negative-weight-one = 1 fila tiene un peso negativo tras la calibración lineal (el menor factor de un peso es { $figure }): las cifras de grupos pequeños pueden salirse de su escala y entonces faltan.
negative-weight-many = { $number } filas tienen un peso negativo tras la calibración lineal (el menor factor de un peso es { $figure }): las cifras de grupos pequeños pueden salirse de su escala y entonces faltan.
methods-keep-above = Los métodos «bounded_linear» y «raking» mantienen los pesos por encima de 0.
no-psu-identified = Los datos no identifican las unidades primarias de muestreo: cada fila cuenta como una, y los errores estándar no incluyen el efecto de conglomeración.
replicates-leave-one = 1 de los pesos replicados deja este grupo sin filas; el error estándar se basa en los demás.
replicates-leave-many = { $number } de los pesos replicados dejan este grupo sin filas; el error estándar se basa en los demás.
every-replicate-leaves = Todos los pesos replicados dejan este grupo sin filas, por lo que no se conoce su error estándar.
nobody-has = Nadie en este grupo tiene la característica: el error estándar es 0 y el intervalo es el exacto para el número de filas.
everybody-has = Todos en este grupo tienen la característica: el error estándar es 0 y el intervalo es el exacto para el número de filas.
every-stratum-single = Cada estrato con filas de este grupo tiene una sola unidad primaria de muestreo, por lo que no hay error estándar.
all-rows-one-psu = Todas las filas de este grupo están en una sola unidad primaria de muestreo, por lo que no se conoce su error estándar.
single-row = Este grupo tiene una sola fila, por lo que no se conoce su error estándar.
replicates-same-calibration = Todos los pesos replicados dan la misma cifra, porque la calibración la fija o porque no difieren en este grupo: su error estándar es 0.
replicates-same = Los pesos replicados no difieren en este grupo: todos dan la misma cifra, por lo que su error estándar es 0.
replicates-multiples = Los pesos replicados de este grupo son múltiplos unos de otros, lo que no deja ningún grado de libertad, por lo que no hay intervalo.
psu-as-strata = Este grupo tiene tan pocas unidades primarias de muestreo como estratos, por lo que no hay intervalo.
open-quantile = El intervalo de este cuantil rebasa el valor menor o mayor, por lo que no hay error estándar.
head-counts-fixed = Los recuentos de personas toman la población como conocida sin error.
covariance-not-known = La covarianza de mujeres y hombres no se conoce en todos los países, por lo que la brecha y lo que se deriva de ella no tienen error estándar.
countries-independent = Los países son muestras independientes; las poblaciones se toman como conocidas sin error.
complement-compared = Menor es mejor: mujeres y hombres se comparan en el complemento (100 menos la tasa).
populations-stand-for = Las poblaciones de { $figure1 } sustituyen a las de { $figure2 }.
breakdown-left-out = { $place } no tiene { $name }: se omite su desglose por { $what }
cells-changed = { $name } se modificó después de hacer las celdas; las cifras son las de las celdas. Vuelva a hacerlas para tener las del archivo.
groups-not-countries = son de grupos o partes de países o de antiguos Estados y no se usan: los agregados se componen de países.
figures-of-what = { $name }: las cifras de { $name2 } ({ $number }) { $what }
unit-jump = { $name }: { $name2 }: valores de una misma serie unas { $figure } veces mayores en un período que en el contiguo, primero { $name3 } de { $figure1 } a { $figure2 }; compruebe si cambió la unidad
further-than-sex = están desglosadas más allá del sexo y no se usan.
wider-age-range = son de países y períodos que tienen un tramo de edad más amplio, que es el que se usa.
ages-apart = no indican la edad o son de un solo sexo, donde se usan cifras de otras edades: no se comparan mujeres y hombres de edades distintas.
no-shares-unit = no son proporciones y no se usan.
number-for-year = tienen un número en lugar de un año y no se usan.
approximated-some = Aproximado en algunos países: { $text }
figures-of-year = Cada país con sus cifras de ese año

## Families of indicators
activity-individuals = Actividad en Internet: personas que { $what }
activity-users = Actividad en Internet: usuarios de Internet que { $what }
skill-individuals = Competencia: personas que { $what }
not-using-because = no utilizan Internet, motivo: { $what }
individuals-not-using = Personas que no utilizan Internet: { $what }
no-internet-because = no tienen Internet en el hogar, motivo: { $what }
households-without-internet = Hogares sin Internet: { $what }
no-account-because = no tienen cuenta, motivo: { $what }
no-mobile-account-because = no tienen cuenta de dinero móvil, motivo: { $what }
adults-no-account-because = Adultos sin cuenta en una institución financiera, motivo: { $what }
adults-no-mobile-because = Adultos sin cuenta de dinero móvil, motivo: { $what }
skills-above-basic-by = Personas con competencias superiores a las básicas: { $what } ({ $name })
skills-basic = Personas con al menos competencias básicas: { $what }
have-skills-above = tienen competencias superiores a las básicas en { $what }
have-skills-basic = tienen al menos competencias básicas en { $what }
have-skills-areas = tienen al menos competencias básicas en { $number } de 5 áreas
individuals-skills-areas = Personas con al menos competencias básicas en { $number } de 5 áreas (UIT)
version-of-institution = { $what } ({ $name })
says-that = motivo indicado: { $what }
says-that-they = motivo indicado: { $what }
says-that-members = motivo indicado por el hogar: { $what }
did-one-of-area = realizó al menos una actividad del área: { $what }
did-two-of-area = realizó dos o más actividades del área: { $what }
did-three-of-area = realizó tres o más actividades del área: { $what }
level-in-areas = al menos nivel básico en { $number } de 5 áreas
level-in-skill-areas = al menos nivel básico en { $number } de 5 áreas de competencias
skill-level-of = Nivel de competencia: { $what } ({ $who })
activities-done = Actividades realizadas: { $what }
broadband-per-100 = Suscripciones a la banda ancha fija por cada 100 habitantes, { $what }
broadband-faster = Suscripciones a la banda ancha fija { $what }
have-broadband = tienen banda ancha fija { $what }
population-covered = Población cubierta por una red móvil, al menos { $name }
live-within-range = viven al alcance de una red { $name }
lives-within-range = vive al alcance de una red móvil de al menos { $name }

## Published figures that cannot be compared, with what their sources say
not-comparable-both = los valores de { $figure1 } ({ $first }; { $name1 }; { $remark1 }) y { $figure2 } ({ $second }; { $name2 }; { $remark2 }) no son comparables
not-comparable-first = los valores de { $figure1 } ({ $first }; { $name1 }; { $remark1 }) y { $figure2 } ({ $second }; { $name2 }) no son comparables
not-comparable-second = los valores de { $figure1 } ({ $first }; { $name1 }) y { $figure2 } ({ $second }; { $name2 }; { $remark2 }) no son comparables
not-comparable-sources = los valores de { $figure1 } ({ $first }; { $name1 }) y { $figure2 } ({ $second }; { $name2 }) no son comparables
one-rate-no-se = La tasa de las mujeres o de los hombres no tiene error estándar, por lo que la comparación tampoco lo tiene.
over-time-plain = { $unit } · { $base }; los { $number } países con más años por sexo, y después por nombre
source-line-quoted = Fuente: { $names }.

## Countries, progress and calibration
weights-stated = Los países se ponderan con las mujeres y los hombres de las edades que indican sus cifras.
weights-covered = Las proporciones cubiertas se refieren a { $ages }.
weights-state-none = Las cifras de { $figure1 } de { $figure2 } países no indican ninguna: se ponderan con { $ages }, y las proporciones cubiertas se refieren a esas edades.
ages-defined = { $ages }, según la definición del indicador
ages-of-most = { $ages }, edad a la que empiezan las cifras de más países que en cualquier otra
where-no-ages-stated = Cuando una fuente no indica edades, las personas son las de { $ages }.
persons-of-covered = Las personas de los grupos son las de los países con cifras; no se cuenta a nadie de los demás países.
rate-of-all-countries = Tasa total: países, cobertura
lines-leave-scale = las rectas de mujeres y hombres salen del intervalo de 0 % a 100 % antes de esa fecha
gap-closes-before = la brecha se cierra antes de esa fecha y no se proyecta más allá
no-gap-projected = las mujeres no están rezagadas, por lo que no se proyecta ninguna brecha
differ-in-ages = las cifras son de edades distintas y no son comparables
differ-by-break = la fuente señala una ruptura, y las cifras anteriores y posteriores no son comparables
differ-in-source = las cifras difieren en fuente, definición o período de referencia y no son comparables
population-includes = La población de { $place1 } incluye la de { $place2 }.
target-year-passed-reason = el año de la meta, { $figure }, ya pasó
sources-by-sex = Fuentes de las cifras por sexo
too-many-missing = más de un tercio de los países no tiene cifra, demasiados para una suma
confidential-reason = su fuente no la publica
fixed-by-calibration = La calibración fija esta cifra, por lo que su error estándar es 0.
trend-does-not-reach = la tendencia no alcanza la meta
target-at-an-end = la meta es un extremo de la escala, al que una curva se acerca sin alcanzarlo nunca
zero-taken-as = nada puede crecer a partir de 0, que se toma como { $figure }
thresholds-of-parity = Umbrales de las razones de paridad: { $set }. La paridad es una razón de { $figure1 } a { $figure2 }, y la meta es una desviación de { $figure3 } en { $figure4 }.
off-scale = la calibración dio a «{ $group }» ponderaciones negativas y una cifra fuera de su escala; los métodos `bounded_linear` y `raking` mantienen ponderaciones superiores a 0
no-model-negative = la calibración dio ponderaciones negativas a algunas de sus filas, con las que no se ajusta ningún modelo; los métodos `bounded_linear` y `raking` mantienen ponderaciones superiores a 0
no-value-because = Sin valor: { $why }
no-standardised-because = Sin tasa estandarizada: { $why }
not-in-standard-one = «{ $group }» no está en la población estándar: se excluye su único caso
not-in-standard = «{ $group }» no está en la población estándar: se excluyen sus { $number } casos
