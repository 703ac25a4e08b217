## Chrome of the documents
contents = Содержание
tables = Таблицы
findings = Основные результаты
to-the-findings = К основным результатам
filter-rows = Отбор строк
table-number = Таблица { $name }
table-title = Таблица { $name }. { $title }
table-title-continued = Таблица { $name }. { $title } (продолжение)
figure-number = Рисунок { $name }
figure-title = Рисунок { $name }. { $title }
figure-data = Данные рисунка { $name }
made-with = Подготовлено с помощью inclusion { $name }
methods-hash = Методы { $name }
made-line = Подготовлено с помощью inclusion { $name1 }. Методы { $name2 }.
cover = Обложка
notes = Примечания
definitions-methods-notes = Определения, методы и примечания
lower-end = { $title }, нижняя граница
upper-end = { $title }, верхняя граница
no-finding = Никакой вывод сделать нельзя.
between = от { $figure1 } до { $figure2 }
percent = { $figure } %
untranslated-note = Тексты без перевода приведены на языке: { $language }.
language-en = английский

## Groups, quantities, units
women = женщины
men = мужчины
total = всего
both-sexes = оба пола
all = все
group = группа
area = территория
year = год
years = годы
survey = обследование
indicator = показатель
producer = составитель
coverage = охват
persons = лица
households = домохозяйства
units = единицы
points = процентные пункты
per-cent = в процентах
percent-word = в процентах
thousands = тыс.
millions = млн
gap = разрыв
relative-gap = относительный разрыв
parity = паритет
adjusted-parity = скорректированный паритет
level = уровень
head-count = численность
non-response = отсутствие ответа
change = изменение
change-of-the-gap = изменение разрыва
difference = разность
difference-of-gaps = разность разрывов
ratio = отношение
ratio-of-parities = отношение паритетов
relative-difference = относительная разность
logarithm-of-the-ratio = логарифм отношения
difference-in-persons = разность в числе лиц
more-men-than-women = превышение числа мужчин над числом женщин
women-missing-for-parity = число женщин, недостающих до паритета
womens-excess-without = превышение доли женщин без признака
rates = доли
gaps = разрывы
relative-gaps = относительные разрывы
changes = изменения
differences = разности
logarithms-of-ratios = логарифмы отношений
ratios = отношения
verdict = заключение
nature = характер
women-behind = женщины отстают
men-behind = мужчины отстают
at-parity = паритет

## Heads of columns
head-of-those-without = { $what } для лиц без признака ({ $unit })
head-of-those-without-plain = { $what } для лиц без признака
head-unit = { $what } ({ $unit })
head-percent-unit = { $what } (%)
more-men-than-women-persons = превышение числа мужчин над числом женщин (чел.)
women-missing-for-parity-persons = число женщин, недостающих до паритета (чел.)
in-persons = (чел.)
persons-in = лица ({ $unit })
nonresponse-of = отсутствие ответа, { $group } (%)
item-nonresponse-percent = отсутствие ответа на вопрос (%)
interval-head = интервал { $figure }
interval-head-of = интервал { $figure }, { $group }
standard-error = стандартная ошибка
coefficient-of-variation = коэффициент вариации (%)
design-effect = эффект плана выборки
effective-cases = эффективное число наблюдений
effective-n = эффективное n
unweighted-cases = невзвешенные наблюдения
weighted-cases = взвешенные наблюдения
unweighted-count = невзвешенное число
weighted-count = взвешенное число
deff = deff
deft = deft
se = SE
se-r = SE/R
se-small = se
se-r-small = se/r
r-minus = R−2SE
r-plus = R+2SE
r-minus-small = r−2se
r-plus-small = r+2se
weighted-n = взвешенное n
cv = CV (%)
wn = WN
rse = RSE (%)

## Absences
no-one-interviewed = никто из этой группы не был опрошен
no-one-of-either-group = никто ни из одной из групп не был опрошен
no-weight = ни у кого из этой группы нет веса больше нуля
no-ratio-men-zero = отношения нет, так как доля у мужчин равна нулю
no-ratio-second-zero = отношения нет, так как второе число равно нулю
no-logarithm = логарифма нет, так как одно из чисел равно нулю
one-missing = одно из двух чисел отсутствует
one-unavailable = одно из обследований не может дать одно из двух чисел
no-one-either-sex = нет лиц ни одного из полов
women-zero-no-logarithm = доля у женщин равна нулю, поэтому логарифма нет
survey-cannot = обследование не может дать этот показатель
population-not-known = численность населения неизвестна
not-applicable-measure = мера неприменима к этому показателю
part-absent = нет данных по женщинам или по мужчинам
coverage-too-low = на страны с данными приходится слишком малая часть населения
calibration-negative = калибровка дала этой группе отрицательные веса и число за пределами шкалы
se-not-known = стандартная ошибка неизвестна
se-not-known-or-zero = стандартная ошибка неизвестна, или оценка равна нулю
no-interval = интервал вычислить нельзя
no-cv = у нуля нет коэффициента вариации
not-asked-for = в этом исследовании не запрашивалось
deff-not-known = эффект плана выборки неизвестен
not-known = неизвестно
no-figure = нет данных
not-available = нет данных
not-settled = не установлено
withheld = скрыто

## Reasons of suppression
too-few-cases = слишком мало наблюдений
small-count = слишком мало лиц, имеющих или не имеющих признак
relative-error = слишком большая относительная стандартная ошибка
wide-interval = слишком широкий интервал или слишком мало эффективных наблюдений
precision-unknown = точность неизвестна
contributions-unknown = суммы отдельных респондентов неизвестны
unaudited = таблицы слишком велики, чтобы установить, что можно вычислить
complement = по нему можно вычислить другое скрытое число
derived = получено из скрытого числа
withheld-rules = Скрыто: { $rules }, или значение, по которому можно вычислить такое.
withheld-none = Скрыто: ничего.
unreliable-none = Низкая надежность: ни одно число не отмечено.
unreliable-rules = Низкая надежность: { $rules }.
low-reliability = низкая надежность
fewer-than-cases = 
    менее { $number ->
         [one] { $number } невзвешенного наблюдения
        *[other] { $number } невзвешенных наблюдений
     }
cases-between = 
    от { $figure } до { $number ->
         [one] { $number } невзвешенного наблюдения
        *[other] { $number } невзвешенных наблюдений
     }
rules-or = { $first }; или { $rest }

## Intervals
t-logit = t-интервал на шкале логит
t-log = t-интервал на логарифмической шкале
t-asin = t-интервал на шкале арксинуса
t-mean = значение ± t × стандартная ошибка
wilson = Уилсон с эффективным числом наблюдений
korn-graubard = Корн — Граубард
profile-likelihood = профильное правдоподобие
woodruff = интервал Вудраффа
confidence-intervals = Доверительные интервалы { $figure }: { $kinds }.
kind-of-interval-rates = доли, { $method }
kind-of-interval-gaps = разрывы, { $method }

## Notes
zero = Ноль.
negligible = Не ноль, но менее половины печатаемой единицы.
zero-or-negligible = Ноль или менее половины печатаемой единицы.
note-gap = Разрыв: мужчины минус женщины; выше нуля — женщины отстают.
note-gap-lower = Здесь чем меньше, тем лучше. Разрыв: женщины минус мужчины; выше нуля — женщины отстают.
note-complement = Здесь чем меньше, тем лучше: разрыв и паритет относятся к доле женщин и мужчин без признака.
note-gap-rounding = Разрывы вычисляются до округления.
note-parity = Паритет: женщины к мужчинам; ниже единицы — женщины отстают.
note-adjusted = Скорректированный паритет: выше единицы — два минус отношение мужчин к женщинам.
note-range = Паритет по набору «{ $set }»: { $of } от { $figure1 } до { $figure2 }, включая границы
note-cases = Наблюдения — это невзвешенные ответы в базе.
note-population = Числа, для которых нужна численность населения, считают ее известной без ошибки.
note-bold = Полужирный шрифт: отличие от равенства женщин и мужчин больше интервала; данные низкой надежности им не выделяются.
note-clustering = стандартные ошибки и интервалы отражают только влияние неравных весов; кластеризация не учтена
point-verdict = заключение относится к точечной оценке; интервал отношения содержит и значения с другим заключением
approximated = приближенно: { $proxy }
approximated-plain = приближенно
survey-covers = обследование охватывает: { $base }
population-known = численность, считаемая известной без ошибки: { $population }
nature-codes = Характер по кодам базы данных ЦУР ООН: { $codes }
nature-c = C { $what }
nature-ca = CA { $what }
nature-na = NA { $what }
nature-x = _X { $what }
nature-country = данные страны
nature-adjusted = скорректированные данные страны
nature-global = данные глобального мониторинга
nature-modelled = модельная оценка
nature-irrelevant = не применимо
definition-draft = Определение предварительное: { $why }
definition-draft-plain = Определение предварительное
verdict-set = Заключение по набору «{ $set }» ({ $figure }, обе границы включены), применяется к величине «{ $of }» до округления
verdict-set-distance = Заключение по набору «{ $set }» (группы по расстоянию отношения от единицы), применяется к величине «{ $of }» до округления
verdict-of-parity = паритет
not-in-breakdown = 
    { $number ->
         [one] { $number } строка не относится
         [few] { $number } строки не относятся
         [many] { $number } строк не относятся
        *[other] { $number } строки не относятся
     } ни к одной группе признака «{ $concept }» (не применимо): учтено только в итогах.
not-in-breakdown-code = 
    { $number ->
         [one] { $number } строка не относится
         [few] { $number } строки не относятся
         [many] { $number } строк не относятся
        *[other] { $number } строки не относятся
     } ни к одной группе признака `{ $name }` (не применимо): учтено только в итогах.
not-stated-one = В 1 строке не указан признак «{ $concept }»: она не входит ни в одну клетку разбивки по нему, но входит во все итоги, где он не нужен.
not-stated = 
    { $number ->
         [one] В { $number } строке
        *[other] В { $number } строках
     } не указан признак «{ $concept }»: они не входят ни в одну клетку разбивки по нему, но входят во все итоги, где он не нужен.
in-no-figure = 
    { $number ->
         [one] В { $number } строке
        *[other] В { $number } строках
     } не указан признак «{ $concept }»: они не учтены ни в одном показателе.
not-stated-code = 
    { $number ->
         [one] В { $number } строке
        *[other] В { $number } строках
     } не указан признак `{ $name }`: они не входят ни в одну клетку разбивки по нему, но входят во все итоги, где он не нужен.
in-no-figure-code = 
    { $number ->
         [one] В { $number } строке
        *[other] В { $number } строках
     } не указан признак `{ $name }`: они не учтены ни в одном показателе.
not-stated-one-code = В 1 строке не указан признак `{ $name }`: она не входит ни в одну клетку разбивки по нему, но входит во все итоги, где он не нужен.
in-no-figure-one-code = В 1 строке не указан признак `{ $name }`: она не учтена ни в одном показателе.
not-stated-some = В некоторых строках не указан признак «{ $concept }»: они не входят ни в одну клетку разбивки по нему, но входят во все итоги, где он не нужен.
in-no-figure-some = В некоторых строках не указан признак «{ $concept }»: они не учтены ни в одном показателе.
not-stated-some-code = В некоторых строках не указан признак `{ $name }`: они не входят ни в одну клетку разбивки по нему, но входят во все итоги, где он не нужен.
in-no-figure-some-code = В некоторых строках не указан признак `{ $name }`: они не учтены ни в одном показателе.

## Titles
of-figure = { $figure1 } из { $figure2 }
base-of = { $base }, { $unit }
per-cent-of = { $base }, в процентах
place-and = { $place } · { $what }
by-breakdown = { $title }, разбивка: { $breakdown }
by-breakdown-of-two = { $title }, разбивка: { $first } и { $second }
by-breakdown-of-three = { $title }, разбивка: { $first }, { $second } и { $third }
by-breakdown-of-four = { $title }, разбивка: { $first }, { $second }, { $third } и { $fourth }
breakdowns-and = { $first } и { $rest }
list-of-three = { $first }, { $second } и { $third }
list-of-four = { $first }, { $second }, { $third } и { $fourth }
sources-of = Источники: «{ $title }»
in-scope = в рамках обследования
areas-and-periods = территорий и периодов: { $number }
source-line = Источник: { $sources }.
by-of = разбивка: { $what }
no-chart = Нет графика «{ $indicator }»: ни в одном источнике нет данных.

## Findings
finding-levels = { $figure1 } женщин и { $figure2 } мужчин { $statement }: { $end }
finding-levels-only = { $figure1 } женщин и { $figure2 } мужчин { $statement }
in-place = { $what } ({ $place })
women-behind-by = женщины отстают на { $by }
men-behind-by = мужчины отстают на { $by }
no-supported-difference = интервал не подтверждает различия, { $by }
no-interval-supports = при доле { $figure } ни один интервал не подтверждает различия
points-interval = 
    { $number ->
         [one] { $number } процентный пункт
         [few] { $number } процентных пункта
         [many] { $number } процентных пунктов
        *[other] { $number } процентного пункта
     } ({ $figure })
points-only = 
    { $number ->
         [one] { $number } процентный пункт
         [few] { $number } процентных пункта
         [many] { $number } процентных пунктов
        *[other] { $number } процентного пункта
     }
are-women = { $value } ({ $universe }) — женщины
are-women-more = { $value } ({ $universe }) — женщины, более половины
are-women-less = { $value } ({ $universe }) — женщины, менее половины
value-interval = { $figure1 } ({ $figure2 })
women-less-likely = женщины реже мужчин { $verb } { $among }
men-less-likely = мужчины реже женщин { $verb } { $among }
women-more-likely = женщины чаще мужчин { $verb } { $among }
men-more-likely = мужчины чаще женщин { $verb } { $among }
women-behind-among = женщины отстают от мужчин { $among }
men-behind-among = мужчины отстают от женщин { $among }
among-both = в обеих группах ({ $groups })
among-both-urban-rural = как в городской, так и в сельской местности
among-all = во всех группах ({ $groups }: { $number })
among-all-age-groups = во всех { $number } возрастных группах
among-all-wealth-quintiles = во всех { $number } квинтилях благосостояния
among-all-regions = 
    во всех { $number ->
          [one] { $number } регионе
         *[other] { $number } регионах
     }
among-some = в { $number } из { $figure } групп ({ $groups })
among-some-age-groups = в { $number } из { $number2 } возрастных групп
among-some-wealth-quintiles = в { $number } из { $number2 } квинтилей благосостояния
among-some-regions = в { $number } из { $number2 } регионов
among-reliable = в { $number } из { $figure } групп с надежными данными ({ $groups })
among-reliable-age-groups = в { $number } из { $number2 } возрастных групп с надежными данными
among-reliable-wealth-quintiles = в { $number } из { $number2 } квинтилей благосостояния с надежными данными
among-reliable-regions = в { $number } из { $number2 } регионов с надежными данными
among-any = 
    ни в одной из { $number ->
          [one] { $number } группы
         *[other] { $number } групп
     } ({ $groups })
among-any-age-groups = ни в одной из { $number } возрастных групп
among-any-wealth-quintiles = ни в одном из { $number } квинтилей благосостояния
among-any-regions = 
    ни в одном из { $number ->
          [one] { $number } региона
         *[other] { $number } регионов
     }
among-any-reliable = 
    ни в одной из { $number ->
          [one] { $number } группы
         *[other] { $number } групп
     } с надежными данными ({ $groups })
among-any-reliable-age-groups = ни в одной из { $number } возрастных групп с надежными данными
among-any-reliable-wealth-quintiles = ни в одном из { $number } квинтилей благосостояния с надежными данными
among-any-reliable-regions = 
    ни в одном из { $number ->
          [one] { $number } региона
         *[other] { $number } регионов
     } с надежными данными
among-either = ни в одной из двух групп ({ $groups })
among-either-reliable = ни в одной из двух групп с надежными данными ({ $groups })
among-either-age-groups = ни в одной из двух возрастных групп
among-either-regions = ни в одном из двух регионов
among-either-reliable-age-groups = ни в одной из двух возрастных групп с надежными данными
among-either-reliable-regions = ни в одном из двух регионов с надежными данными
no-difference-among = интервалы не подтверждают различий между женщинами и мужчинами { $among }
gaps-run = { $start }; разрывы — { $run }, и интервалы не позволяют сказать, какой из них наибольший
these-gaps-run = { $start }; эти разрывы — { $run }, и интервалы не позволяют сказать, какой из них наибольший
largest-in = { $start }; разрыв наибольший: { $label }, { $by }
men-most-in = { $start }; мужчины отстают больше всего: { $label }, { $by }
largest-of-these-in = { $start }; наибольший из этих разрывов: { $label }, { $by }
and-men-in-which = { $start }, а в { $number } — наоборот ({ $place }); интервалы не позволяют сказать, какой из этих разрывов наибольший
and-men-in = { $start }, а в { $number } — наоборот; интервалы не позволяют сказать, какой из этих разрывов наибольший
and-men-in-largest-women = { $start }, а в { $others } — наоборот; наибольший из этих разрывов: { $label }, где женщины отстают на { $by }
and-men-in-largest-men = { $start }, а в { $others } — наоборот; наибольший из этих разрывов: { $label }, где мужчины отстают на { $by }
run-from-to = от { $figure1 } до { $figure2 } процентных пунктов
rural-areas = сельская местность
urban-areas = городская местность
urban-and-rural-areas = городская и сельская местность
age-groups = возрастные группы
wealth-quintiles = квинтили благосостояния
regions = регионы
ethnic-groups = этнические группы
income-quintiles = квинтили дохода
groups-by = группы: { $what }
sentence-colon = { $start }: { $end }

## Charts
figure-of-place = { $title }, { $base }, { $place }, { $unit }
open-marks = Полые знаки: низкая надежность.
open-marks-rules = Полые знаки: { $rules }
whiskers = Усы: доверительные интервалы { $figure }.
bands = Полосы: доверительные интервалы { $figure }.
beyond = Стрелка: интервал продолжается.
series-break = Две черты: разрыв ряда.
target = целевой показатель
path-to-target = Путь к целевому показателю
incomplete-lines = Линии без обоих чисел, не показаны:
outlined = Линией обведены
boundaries = Границы взяты из источника карты и не означают какого-либо мнения о статусе территорий.
to-word = –
equal-counts = В классах примерно поровну чисел.
equal-steps = Классы одинаковой ширины.
sexes-latest = Женщины и мужчины, недавние данные
sexes-older = Женщины и мужчины, ранее
total-only = Только оба пола вместе
nothing = Нет данных
value = значение
equal = равенство
women-minus-men = женщины минус мужчины
men-minus-women = мужчины минус женщины
alt-dumbbell = График по женщинам и мужчинам, строка на группу: { $what }
alt-bars = Столбцы по женщинам и мужчинам: { $what }
alt-gaps = Разрывы, мужчины минус женщины, с интервалами: { $what }
alt-gaps-women = Разрывы, женщины минус мужчины, с интервалами: { $what }
alt-values = Значения с интервалами: { $what }
alt-row = { $label }: женщины { $women }, мужчины { $men }, разрыв { $gap }
alt-row-no-gap = { $label }: женщины { $women }, мужчины { $men }
alt-row-gap = { $label }: разрыв { $gap }
alt-row-withheld = { $label }: скрыто
alt-row-missing = { $label }: нет данных
low-reliability-of = { $what } (низкая надежность)

## Data gaps and sampling errors
data-gaps = Пробелы в данных
no-data-gap = Все показатели этого исследования доступны, и пустых групп нет.
empty-cells = Пустые клетки — тоже результат: нельзя увидеть изменение того, что не измеряется.
unavailable-combinations = Недоступно сочетаний показателя и источника: { $number } из { $figure }.
one-cell = 1 клетка
cells = клеток: { $number }
missing-in = отсутствует: { $count }
draft-definition = предварительное определение
state = состояние
reason = причина
source = источник
smallest-gap-title = Наименьший разрыв, который могло выявить каждое обследование
everybody = Вся база, по показателям
smallest-gap = наименьший разрыв (процентные пункты)
smallest-gap-note = Наименьшее различие женщин и мужчин, которое двусторонний критерий выявляет в четырех из пяти таких обследований при доле около 50 процентов, если считать женщин и мужчин независимыми; ближе к 0 или 100 процентам выявляются меньшие различия.
item-nonresponse = Отсутствие ответа на вопрос
item-nonresponse-by-sex = Отсутствие ответа на вопрос по полу
of-those-in-scope = { $place } · в процентах от охваченных
nonresponse-note = Невзвешенная доля охваченных лиц, ответ которых отсутствует и которые поэтому исключены из базы; если она различается у женщин и мужчин, отсутствие ответов может сказаться на сравнении.
answers-count-as-no = по правилу этого показателя ответы { $answers } считаются ответом «нет» и остаются в базе
rule-none-left-out = { $rule }, поэтому ни один не исключен; их число не приводится
rule-other-missing = { $rule }; доля относится только к остальным отсутствующим ответам
quoted-dont-know = «не знаю»
quoted-refused = «отказ»
quoted-not-stated = «не указано»
sampling-errors = Ошибки выборки
sampling-errors-of = Ошибки выборки: { $indicator }
sampling-errors-legend = R: оценка; SE: стандартная ошибка; N и WN: невзвешенные и взвешенные наблюдения; DEFT: корень из эффекта плана выборки; R±2SE: оценка плюс и минус две стандартные ошибки.
sampling-errors-legend-small = r: оценка; se: стандартная ошибка; deff: эффект плана выборки; deft: корень из него; r±2se: оценка плюс и минус две стандартные ошибки.
code-and-name = { $id } { $indicator }

## Definitions and methods
definitions-and-methods = Определения и методы
how-made = Как получен этот показатель: { $code } { $indicator }
definition = определение
counted = учитывается
base = база
reference-period = отчетный период
missing-answers = отсутствующие ответы
from-the-source-files = из исходных файлов
estimator = оценка
uncertainty = неопределенность
sampling-design = план выборки
comparison = сравнение
targets = целевые показатели
source-of-the-definition = источник определения
pools-changes-contrasts = объединения, изменения и контрасты
published-figures = опубликованные данные
version-status = Версия { $name }, статус: { $status }; ответственная организация: { $custodian }
agreed = согласовано
draft = проект
withdrawn = отозвано
sdg-indicator = Показатель { $name } Целей в области устойчивого развития
stays-in-base = Остается в базе и считается не имеющим признака: { $answers }.
left-out = Исключается из базы: { $answers }.
no-answer-recorded = ответ не записан
dont-know = не знаю
refused = отказ
skipped = пропущено из-за предыдущего ответа
not-asked-interview = в этом интервью не спрашивалось
weighted-share = Взвешенная доля: веса учитываемых лиц к весам базы
weighted-share-households = Взвешенная доля: веса учитываемых домохозяйств к весам базы
weighted-mean = Взвешенное среднее по лицам базы
weighted-mean-households = Взвешенное среднее по домохозяйствам базы
weighted-total = Взвешенная сумма
weighted-ratio = Отношение взвешенных сумм двух чисел
published-as-is = Опубликованное число, взято без изменений
its-variance = { $weighted }. Дисперсия: { $variance }; подгруппа сохраняет все единицы выборки
variance-linearised = по линеаризованным значениям между первичными единицами выборки каждой страты
variance-replicated = по данным при репликационных весах
uncertainty-text = Доверительные интервалы { $figure }; доли: { $method }; разрывы: значение ± t × стандартная ошибка; паритет: на логарифмической шкале. Границы интервалов относятся к каждому числу в отдельности
logit = логит
degrees-of-freedom = Степени свободы: { $rule }
df-domain = первичные единицы выборки минус страты, в которых есть строки домена; для разрыва — доменов женщин и мужчин вместе
df-full = первичные единицы выборки минус страты всей выборки
df-rank = ранг репликационных весов всей выборки минус 1
df-rank-domain = ранг репликационных весов строк домена минус 1; для разрыва — доменов женщин и мужчин вместе
df-infinite = бесконечность (квантиль нормального распределения)
design-effect-is = Эффект плана выборки: { $which }
deft2 = DEFT² = дисперсия к r(1 − r)/n, n невзвешенное
deff-wor = относительно простой случайной выборки без возвращения
deff-wr = относительно простой случайной выборки с возвращением
single-psu-strata = Страты с одной первичной единицей выборки: { $rule }
single-psu-stops = страта с одной первичной единицей останавливает расчет
single-psu-none = страта с одной первичной единицей не вносит дисперсии
single-psu-certainty = страта с одной первичной единицей считается отобранной с достоверностью
single-psu-centred = страта с одной первичной единицей центрируется по среднему всех единиц
single-psu-average = страта с одной первичной единицей вносит среднее остальных
comparison-text = Разрыв: мужчины минус женщины, в единицах показателя; паритет: женщины к мужчинам; оба вычисляются до округления
comparison-covariance = Разрыв: мужчины минус женщины, в единицах показателя; паритет: женщины к мужчинам; оба вычисляются до округления, с ковариацией женщин и мужчин, живущих в одних и тех же первичных единицах выборки
comparison-lower = Чем меньше, тем лучше: разрыв и паритет относятся к доле лиц каждого пола без признака
text-source = { $text }. Источник: { $name }
source-only = Источник: { $name }
target-set = { $what } к { $figure } году, целевой показатель установлен: { $who }
target-set-note = { $what } к { $figure } году, целевой показатель установлен: { $who }; { $note }
target-set-what = { $what } к { $figure } году, целевой показатель установлен: { $who }, { $which }
target-set-what-note = { $what } к { $figure } году, целевой показатель установлен: { $who }, { $which }; { $note }
parity-of-women-and-men = паритет женщин и мужчин
parity-range = Паритет от { $figure1 } до { $figure2 } ({ $set })
design-weight = вес { $name1 }, страты { $name2 }, первичные единицы выборки { $name3 }; { $method }
taylor = линеаризация Тейлора
from-column = { $survey }: { $name2 } из столбца { $name3 }: { $codes }
code-is = { $name1 } = { $name2 }
blank-is = пусто = { $what }
blank-is-not-applicable = пусто = не применимо
blank-is-not-asked = пусто = не спрашивалось
blank-is-no-answer = пусто = нет ответа
code-is-dont-know = { $name } = не знаю
code-is-refused = { $name } = отказ
code-is-not-applicable = { $name } = не применимо
code-is-not-asked = { $name } = не спрашивалось
code-is-no-answer = { $name } = нет ответа
not-applicable = не применимо
not-asked = не спрашивалось
no-answer = нет ответа

## Suppression log and sources
suppression-log = Журнал скрытых данных
disclosure-profile = Профиль конфиденциальности «{ $profile }»: { $rules }
complementary = Если данные по одному полу скрыты, а итог и другой пол их раскрыли бы, скрывается второе число.
counts-rounded = Численности округлены до кратных { $figure }.
none-withheld = Скрытых данных нет.
none-withheld-published = Скрытых данных нет: опубликованные данные приводятся без наблюдений, по которым судит профиль конфиденциальности. У групп стран, где данные есть по слишком малому числу стран, чисел нет.
area-and-period = территория и период
figures = данные
groups = группы
withheld-figures = скрытые данные
sources = источники
surveys = обследования
design = план выборки
rows = строки
file = файл
files = файлы
persons-file = лица: { $name }
households-file = домохозяйства: { $name }
sha = SHA-256
remark = замечание
severity = важность
count = число
code = код
caution = внимание
note = примечание
decided = Что было решено в ходе расчета

## Worldwide
world = мир
worldwide-of = Мир: { $indicator }
worldwide-gaps = Мир: где нет данных с разбивкой по полу
world-and-groups = { $indicator }, мир и группы стран
countries-of = { $indicator }, страны
progress-of = { $indicator }, прогресс
progress-continued = { $indicator }, прогресс (продолжение)
progress-rule = { $indicator }, прогресс: { $rule }
covered = охват (женщины; мужчины)
countries = страны
all-covered = Все: страны, охват
covered-both = { $figure1 } из { $figure2 }; { $figure3 }; { $figure4 }
ages = возраст
status-head = статус
all-ages = все возрасты
ages-of = возраст { $figure }
ages-over =
    возраст { $number ->
        [one] { $number } года и старше
       *[other] { $number } лет и старше
    }
the-ages = возраст { $figure }
the-ages-over =
    возраст { $number ->
        [one] { $number } года и старше
       *[other] { $number } лет и старше
    }
ages-not-stated = возраст не указан
after-a-break = после разрыва ряда
after-breaks = после разрывов ряда: { $number }
reference-period-of = Отчетный период: { $period }.
about-months = 
    около { $number ->
         [one] { $number } месяца
        *[other] { $number } месяцев
     }
last-months = 
    { $number ->
         [one] последний { $number } месяц
         [few] последние { $number } месяца
         [many] последние { $number } месяцев
        *[other] последние { $number } месяца
     }
groups-method = Группы: доля женщин взвешивается по женщинам, а мужчин — по мужчинам населения страны в год, к которому относится значение группы; страна входит с данными по женщинам и мужчинам одного года, самого нового в окне; паритет и разрыв относятся к долям группы и не являются средними по странам.
countries-method = Страны: как опубликовано, без стандартных ошибок, если их не дает источник; если у источника несколько возрастных диапазонов для страны и года — самый широкий с обоими полами.
nothing-imputed = На место страны без данных ничего не ставится; ниже охвата, которого требует правило, значение для группы не приводится.
edition = издание
sources-published = Источники опубликованных данных
status-break = разрыв ряда
status-definition = иное определение
status-estimated = оценка
status-national = национальная оценка
status-forecast = прогноз
status-imputed = импутировано
status-provisional = предварительно
status-revised = пересмотрено
status-experimental = экспериментально
status-holiday = праздник или выходной
status-derogation = отступление от требований
status-included = включено в другую категорию
status-insignificant = незначимо
status-event = особое событие
status-unvalidated = не проверено
status-includes = включает другую категорию
status-population-unknown = численность населения неизвестна
status-of-the-source = Статус в источнике: { $codes }
status-b = B { $what }
status-e = E { $what }
status-d = D { $what }
status-f = F { $what }
status-i = I { $what }
status-p = P { $what }
status-r = R { $what }
status-u = U { $what }
status-g = G { $what }
status-h = H { $what }
status-j = J { $what }
status-k = K { $what }
status-m = M { $what }
status-n = N { $what }
status-q = Q { $what }
status-s = S { $what }
status-v = V { $what }
status-w = W { $what }
status-double-dagger = (‡) { $what }
status-plus = (+) { $what }
status-asterisk = * { $what }
total-outside = Этот показатель по всем не находится между показателями женщин и мужчин: он может относиться к другому обследованию или к другим лицам.
interval-as-published = Интервал приведен как опубликован.
notes-of-sources = Примечания источников приводятся на языке источника.
population-of-unknown = { $what }, численность неизвестна: { $number }
world-finding = { $area }: { $figure1 } женщин и { $figure2 } мужчин { $statement } ({ $years }; { $coverage })
coverage-with = 
    { $figure1 } из { $number ->
         [one] { $number } страны
        *[other] { $number } стран
     }, охват: { $shares }
shares-of = { $figure1 } женщин и { $figure2 } мужчин
shares-unknown = неизвестная доля женщин и мужчин
no-world-figure = 
    Нет значения по миру («{ $indicator }»): данные с разбивкой по полу — { $figure } из { $number ->
          [one] { $number } страны
         *[other] { $number } стран
     }, охват: { $shares }
no-group-figure = 
    Нет значения по группе { $group } («{ $indicator }»): данные с разбивкой по полу — { $figure } из { $number ->
          [one] { $number } страны
         *[other] { $number } стран
     }, охват: { $shares }
reported-below = 
    { $indicator }: сообщаемая доля женщин ниже, чем мужчин, в { $figure } из { $number ->
         [one] { $number } страны
        *[other] { $number } стран
     }
reported-below-widest =
    { $indicator }: сообщаемая доля женщин ниже, чем мужчин, в { $figure } из { $number ->
         [one] { $number } страны
        *[other] { $number } стран
     }; наибольший разрыв: { $area }, { $by }
gaps-without-intervals = Эти разрывы приведены без интервалов, поэтому небольшие из них могут быть случайными.
alt-map = Карта разрыва по странам. { $title }. Наибольшие, в процентных пунктах: { $list }. Страны без данных по женщинам и мужчинам заштрихованы.
map-item = { $area } { $figure }
not-on-the-map = Не показаны на карте: { $figure1 } из { $figure2 } стран и территорий ({ $list }).
newest-up-to = Мужчины минус женщины, процентные пункты; новейшие данные по { $figure } год включительно, { $base }
over-time =
    { $indicator }: сообщенный разрыв в последнем году меньше, чем в первом сопоставимом, в { $number } из { $number2 ->
        [one] { $number2 } показанной страны с сопоставимыми годами
       *[other] { $number2 } показанных стран с сопоставимыми годами
    }
over-time-subtitle = { $unit }: { $base }; страны с наибольшим числом лет по полу ({ $number }), далее по английскому названию; { $end }
alt-lines = Линии женщин и мужчин по годам. { $lines }. Целевой показатель: { $figure1 } к { $figure2 } году
alt-lines-plain = Линии женщин и мужчин по годам. { $lines }
alt-line = { $area }: разрыв { $number } п. п. в { $figure1 } году, { $figure2 } в { $figure3 } году
no-world-chart = Нет графика ({ $chart }) «{ $indicator }»: { $why }.
chart = график
map = карта
no-gap-country = ни у одной страны нет разрыва
no-three-years = ни у одной страны нет данных по женщинам и мужчинам за три года
no-two-years = ни у одной страны нет разрыва за два сопоставимых года
no-group = ни у одной группы стран нет данных
counted-apart-title = Недавние данные с разбивкой по полу есть по странам, где живет { $figure1 } женщин мира («{ $most }»), и по странам, где живет { $figure2 } («{ $least }»)
counted-apart-one = Недавние данные с разбивкой по полу есть по странам, где живет { $figure } женщин мира («{ $indicator }»)
counted-apart-countries = Недавние данные с разбивкой по полу есть по { $number } из { $number2 } стран («{ $indicator }»)
availability-none = данных по женщинам и мужчинам нет ни по одному из { $figure1 } показателей в { $number } из { $number2 } стран
availability-none-one = данных по женщинам и мужчинам («{ $indicator }») нет в { $number } из { $number2 } стран
availability-some = данные по женщинам и мужчинам хотя бы по одному из { $figure1 } показателей есть в { $number } из { $number2 } стран
availability-some-one = данные по женщинам и мужчинам («{ $indicator }») есть в { $number } из { $number2 } стран
availability-part = { $group }, страны от { $first } до { $last }
availability-part-of-all = страны от { $first } до { $last }
availability-others = другие страны и территории
availability-subtitle = Новейшие данные по странам; недавние: { $figure } год и позже
availability-subtitle-beside = Новейшие данные по странам; недавние: год, указанный при показателе, и позже
indicator-since = { $indicator } ({ $figure } год и позже)
alt-availability = Тепловая карта стран по показателям.
alt-availability-recent = Страны с недавними данными по женщинам и мужчинам: { $list }
counted-apart-subtitle = Доля женщин в странах с недавними данными с разбивкой по полу; годы указаны в таблице
alt-heat-map = Тепловая карта групп по показателям. Мир: { $list }
heat-map-of-groups-by-indicator = Тепловая карта групп по показателям.
percent-of-women = В процентах от числа женщин
percent-of-countries = % стран
since-and-later = { $indicator }: данные за { $figure } год и позже.
gaps-note = Члены группы, страны с данными и доли охваченных женщин и мужчин те же, что в таблицах групп.
gaps-title = Данные с разбивкой по полу: доли стран и населения
gaps-subtitle = Страны и территории с недавними данными по женщинам и мужчинам
newest-title = Новейшие данные с разбивкой по полу, по странам
newest-subtitle = Год и возрастной диапазон, если он указан в источнике
total-year = всего { $figure }
only-total = только данные по всем лицам
no-figure-in-sources = в источниках нет данных
year-ages = { $figure1 }, { $figure2 }
goal = Целевой показатель: { $figure1 } к { $figure2 } году ({ $who }); базовый год { $figure3 }
goal-none = Для всех стран целевой показатель не установлен; базовый год { $figure }
not-comparable = Значения за { $figure1 } ({ $first }) и { $figure2 } ({ $second }) несопоставимы.
list-2019-back = О некоторых или всех членах неизвестно, с какого времени они ими являются; список за { $years } распространен на прошлые годы.
list-newest = Состав — по списку за { $years }, новейшему здесь.
figures-before-rest = 
    Данные { $figure1 } из { $number ->
         [one] { $number } страны
        *[other] { $number } стран
     } относятся ко времени до { $figure2 } года (период: { $period }), остальных — к периоду: { $period2 }.
figures-before = 
    Данные { $figure1 } из { $number ->
         [one] { $number } страны
        *[other] { $number } стран
     } относятся ко времени до { $figure2 } года (период: { $period }).
window-note = 
    Каждая страна — с новейшими данными за { $number ->
         [one] { $number } год
         [few] { $number } года
         [many] { $number } лет
        *[other] { $number } года
     } до этого года включительно; группе требуется { $share }.
window-note-any =
    Каждая страна — с новейшими данными за { $number ->
         [one] { $number } год
         [few] { $number } года
         [many] { $number } лет
        *[other] { $number } года
     } до этого года включительно; для значения группы достаточно любой доли населения.
half-of-either = не менее половины населения каждого пола
weights-ages = 
    Страны взвешены по женщинам и мужчинам ({ $ages }). Его указывают { $figure } из { $number ->
         [one] { $number } страны
        *[other] { $number } стран
     }; не указывают никакого: { $figure2 }.
weights-none = 
    Страны взвешены по женщинам и мужчинам ({ $ages }): ни одна из { $number ->
         [one] { $number } страны
        *[other] { $number } стран
     } не указывает возраст.
age-ranges-differ = Возрастные диапазоны стран различаются; данные входят так, как опубликованы.
areas-without-population = Территории без данных о населении по полу и возрасту, в основном менее 90 000 человек, не входят ни в одно значение; доли охвата относятся к известному населению.
groups-no-se = У опубликованных данных нет стандартных ошибок, поэтому их нет и у групп.
groups-se = У группы есть стандартная ошибка, если она есть у всех ее стран.
members-note = Состав группы — на год, к которому относится ее значение, для групп по доходу — на финансовый год; если использован список за другой год, об этом сказано в примечании к строке. Территории без постоянного населения не учитываются.
rate-of-all-note = Доля по всем в группе — это доля ее женщин и мужчин вместе, взвешенная по их численности, по тем же странам и годам. Только при отсутствии данных по женщинам и мужчинам она берется по странам, сообщающим долю по всем. В столбце «Общая доля» — страны и охватываемые ими доли женщин и мужчин.
where-no-ages = Если источник не указывает возраст, берутся лица ({ $ages }), как в группах стран.
not-together = Женщины и мужчины оценивались не вместе, поэтому у сравнения нет стандартной ошибки.
zero-or-hundred = Одна из долей равна 0 или 100 процентам, поэтому стандартная ошибка сравнения слишком мала.
published-source-line = Источник: { $sources }; группы стран: собственное агрегирование.
published-source-line-quoted = Источник: { $names }; группы стран: собственное агрегирование.
source-publishers = { $source } ({ $publishers })
published-by-sex = Опубликованные данные с разбивкой по полу

## Progress
first-and-last = Первое и последнее значения
rules-disagree = Правила расходятся, поскольку ставят разные вопросы; ни одно из них не выходит за пределы того, что позволяют данные. Прогноз имеет статус F.
rule-uncertain = Если правило не говорит, отличимо ли движение от отсутствия изменений, то нет стандартных ошибок или слишком мало данных, чтобы об этом судить.
no-result-of = Ни у одной страны нет результата: { $rules } ({ $why }).
target-achieved = целевой показатель достигнут
target-missed = целевой показатель не достигнут
on-track = в графике
acceleration-needed = требуется ускорение
limited = ограниченный
deterioration = ухудшение
target-met-or-on-track = целевой показатель достигнут или в графике
fair-progress = приемлемый прогресс, требуется ускорение
stagnation = стагнация или регресс
significant-progress = значительный прогресс
moderate-progress = умеренный прогресс
no-progress = нет прогресса
moderate-deterioration = умеренное ухудшение
significant-deterioration = значительное ухудшение
maintain = сохранять
accelerate = ускорить
reverse = обратить вспять
no-gap = разрыва нет
closes = сокращается до нуля
closes-later = сокращается до нуля позже срока прогнозов
does-not-close = не сокращается до нуля
remaining = осталось { $figure }
remaining-points = 
    осталось { $number ->
          [one] { $number } процентный пункт
          [few] { $number } процентных пункта
          [many] { $number } процентных пунктов
         *[other] { $number } процентного пункта
     }
required-per-year = требуется в год { $figure }
required-per-year-points = 
    требуется в год { $number ->
          [one] { $number } процентный пункт
          [few] { $number } процентных пункта
          [many] { $number } процентных пунктов
         *[other] { $number } процентного пункта
     }
growth-of = рост { $figure }
required-growth = требуемый рост { $figure }
growth-end-points = рост по крайним точкам { $figure }
growth-all-points = рост по всем точкам { $figure }
current-status = текущее состояние { $figure }
anticipated-gap-percent = ожидаемый разрыв, в процентах { $figure }
change-points = 
    изменение { $number ->
          [one] { $number } процентный пункт
          [few] { $number } процентных пункта
          [many] { $number } процентных пунктов
         *[other] { $number } процентного пункта
     }
change-points-words = изменение { $number } п. п.: { $words }
change-points-between = изменение от { $figure1 } до { $figure2 } п. п.: { $words }
slope-points = наклон { $number } п. п. в год: { $words }
slope-points-between = наклон от { $figure1 } до { $figure2 } п. п. в год: { $words }
growth-words = рост { $figure }: { $words }
logit-slope-words = наклон логита { $figure }: { $words }
rate-words = доля { $figure }: { $words }
ratio-of = отношение { $figure }
level-of = уровень { $figure }
gap-of = разрыв { $figure }
gap-points = 
    разрыв { $number ->
          [one] { $number } процентный пункт
          [few] { $number } процентных пункта
          [many] { $number } процентных пунктов
         *[other] { $number } процентного пункта
     }
years-behind = отставание в годах { $figure }
year-of-reaching = год достижения целевого показателя { $figure }
women-per-year = 
    женщины в год { $number ->
          [one] { $number } процентный пункт
          [few] { $number } процентных пункта
          [many] { $number } процентных пунктов
         *[other] { $number } процентного пункта
     }
men-per-year = 
    мужчины в год { $number ->
          [one] { $number } процентный пункт
          [few] { $number } процентных пункта
          [many] { $number } процентных пунктов
         *[other] { $number } процентного пункта
     }
required-of-women = 
    требуется от женщин в год { $number ->
          [one] { $number } процентный пункт
          [few] { $number } процентных пункта
          [many] { $number } процентных пунктов
         *[other] { $number } процентного пункта
     }
deviation-of-base = отклонение базового года { $figure }
deviation-of-last = отклонение последнего года { $figure }
target-deviation = целевое отклонение { $figure }
closed-in = сокращен до нуля в { $figure } году (F)
gap-in-year = разрыв { $figure } года: { $number } п. п. (F)
year-value = { $figure }: { $value } (F)
year-value-interval = { $figure }: { $value } (F), интервал от { $figure1 } до { $figure2 }
above-hundred = более 100 %
below-zero = менее 0 %
through-a-break = через разрыв ряда
projection = прогноз
told-apart = отличимо от отсутствия изменений
not-told-apart = неотличимо от отсутствия изменений
uncertainty-unknown = неопределенность неизвестна
not-told = не указано
base-or-before = данные заканчиваются в { $figure } году или раньше, а прогресс считается с него
figures-not-comparable = данные несопоставимы
zero-figure = одно из чисел равно 0 % или 100 %, а криволинейному тренду нужны числа между ними
zero-figure-year = число за { $figure1 } год равно { $figure2 }, а криволинейному тренду нужны числа между 0 % и 100 %
last-level-before = последний уровень женщин был пройден до начала рядов
men-not-come = мужчины не достигли последнего уровня женщин
beyond-horizon =
    прогноз не выходит дальше чем на { $number ->
         [one] { $number } год
         [few] { $number } года
         [many] { $number } лет
        *[other] { $number } года
     } за последнее значение
fewer-than-figures =
    менее { $number ->
        [one] { $number } значения
       *[other] { $number } значений
    }
window-too-short =
    данные в окне охватывают менее { $number ->
        [one] { $number } года
       *[other] { $number } лет
    }
only-one-figure = 
    на последние { $number ->
         [one] { $number } год
         [few] { $number } года
         [many] { $number } лет
        *[other] { $number } года
     } приходится только одно число
no-common-years = у женщин и мужчин менее двух общих лет с базового года
target-met-already = целевой показатель уже достигнут
base-equals-target = значение базового года равно целевому, поэтому изменений не требовалось
straight-lines = прямые женщин и мужчин
logistic-curve = логистическая кривая
gompertz-curve = кривая Гомперца
logit-trend = логит-тренд
compound-growth = сложный рост с базового года
distance-to-target = расстояние до целевого показателя и требуемый темп
change-since-base = изменение с базового года
rate-of-change = темп изменения
ratio-rule = правило отношения
expected-value-rule = правило ожидаемого значения
anticipated-gap = ожидаемый разрыв
bands-without-target = диапазоны роста без целевого показателя
natural-limit = естественный предел
five-bands = 
    пять диапазонов, последние { $number ->
         [one] { $number } год
         [few] { $number } года
         [many] { $number } лет
        *[other] { $number } года
     }
parity-ratio = коэффициент паритета
time-distance = отставание женщин от мужчин во времени
closing-of-the-gap = сокращение разрыва до нуля
three-bands = три диапазона

## Joining
joined-semicolon = { $first }; { $rest }
joined-colon = { $first }: { $rest }
joined-comma = { $first }, { $rest }
joined-dot = { $first } · { $rest }
joined-brackets = { $first } ({ $rest })

## Ages
years-of-age = { $figure } лет
years-and-over = 
    { $number ->
          [one] { $number } года и старше
         *[other] { $number } лет и старше
     }
no-target-set = целевой показатель не установлен
no-common-ages = { $name }: { $name2 }: ни один возрастной диапазон не общий для всех стран ({ $number }); по числу стран: { $name3 }
totals-not-between = { $name }: { $name2 }: итоги, которых не дают женщины и мужчины, первый — { $name3 }: { $figure1 } при { $figure2 } у женщин и { $figure3 } у мужчин
no-rule-has-result = рядов страны и пола с двумя и более числами: { $number }, и ни одно правило не дает для них результата ({ $why }).
lower = нижняя
upper = верхняя
notes-of-the-tables = Примечания к таблицам
current-status-word = текущее состояние

## Charts of stems, ranks, steps and projections
women-ahead = женщины впереди
men-ahead = мужчины впереди
interval-holds-equality = равенство, или интервал содержит его
projection-f = F: прогноз
fan-bands = Полосы после последнего значения: интервалы прогноза 50, 80 и 95 %.
rank-of = место { $figure }
rank-of-interval = место { $figure } (от { $lower } до { $upper })
rank-axis-gap = Место, начиная с наибольшего разрыва ({ $what })
rank-axis-value = Место, начиная с наибольшего значения
rank-whiskers = Усы: места, допускаемые проверками всех пар, { $figure } для всех одновременно.
alt-stems = Отрезки от равенства, { $what }: { $title }, { $place }
alt-ranks = Места с их интервалами: { $what }
alt-steps = Ступени шкалы для женщин и мужчин: { $what }
alt-gaps-without = Разрывы для лиц без признака, мужчины минус женщины, с интервалами: { $what }
alt-stems-countries = Отрезки от равенства по странам. { $title }. В процентных пунктах: { $list }
alt-ranks-countries = Места по разрыву по странам. { $title }. { $list }
ranked-no-certain = { $indicator }: страны по величине сообщенного разрыва; без стандартных ошибок ни одно место не достоверно
ranked-widest = { $indicator }: наибольший разрыв — { $area }
ranked-widest-may = { $indicator }: наибольший сообщенный разрыв — { $area }; место может быть вплоть до { $figure }
fan-title = { $indicator }, женщины и мужчины по { $figure } год при сохранении тренда логита
fan-subtitle = { $unit }: { $base }; F: прогноз; из стран с прогнозом — { $number } с наибольшим числом лет по полу, далее по английскому названию; { $end }
fan-subtitle-plain = { $unit }: { $base }; F: прогноз; из стран с прогнозом — { $number } с наибольшим числом лет по полу, далее по английскому названию
fan-subtitle-one = { $unit }: { $base }; F: прогноз; единственная страна с прогнозом
fan-target-short = целевой показатель { $figure1 } к { $figure2 } году, за пределами возможного прогноза
target-by = целевой показатель { $figure1 } к { $figure2 } году
target-by-sentence = Целевой показатель: { $figure1 } к { $figure2 } году.
alt-fan = Линии женщин и мужчин по годам, с прогнозами. { $list }
alt-fan-women = женщины { $figure1 } в { $figure2 } году (95-процентный интервал от { $figure3 } до { $figure4 })
alt-fan-men = мужчины { $figure1 } в { $figure2 } году (95-процентный интервал от { $figure3 } до { $figure4 })
gap-narrower = { $indicator }: сообщенный разрыв в { $figure1 } году меньше, чем в { $figure2 } году, в { $number } из { $number2 } стран
men-minus-women-points-base = Мужчины минус женщины, процентные пункты, { $base }
men-minus-women-pp = Мужчины минус женщины, процентные пункты
alt-slope = Линии от { $figure1 } до { $figure2 } года. { $title }. В процентных пунктах: { $list }
slope-item = { $area } { $figure1 } и { $figure2 }
two-figures = { $figure1 } и { $figure2 }
groups-title = { $indicator }: сообщаемая доля женщин наименьшая в группе «{ $group }», { $figure }
groups-subtitle = { $unit }: { $base }; новейшие данные по { $figure } год включительно
alt-heat-groups = Тепловая карта групп. Женщины и мужчины: { $list }
women-and-men-by = { $title }, женщины и мужчины по признаку: { $what }
no-trend-country = ни у одной страны нет тренда женщин и мужчин, который можно прогнозировать
heat-map-word = тепловая карта

## Action page
action = действия
action-not-asked = В этом исследовании нет числа женщин, которых нужно подключить: оно не запрошено (women_to_parity).
action-no-population = В этом исследовании нет числа женщин, которых нужно подключить: численность населения неизвестна.
action-no-figure = В этом исследовании нет числа женщин, которых нужно подключить: ни одно такое число не удалось получить; причины указаны в файлах данных.
women-missing-note = Женщины, недостающие до паритета: сколько еще женщин нужно учесть, чтобы доля женщин была такой же, как у мужчин, при данной численности населения. Там, где женщины впереди, недостающих нет
women-missing-below-zero = Отрицательное число женщин, недостающих до паритета: женщины впереди
countries-at-most = Страны: не более { $number } по каждому показателю — те, где по сообщенным данным недостает больше всего женщин
women-to-connect = Женщины, которых нужно подключить
indicator-area-period = Показатель, территория и период
verdicts-word = заключения
series-note = Ряд — это женщины, мужчины или все население страны. Правило учитывает те ряды, по которым у него есть заключение; в таблицах прогресса приведен каждый из них, с причинами, если заключения нет
verdicts-reported = Заключения относятся к сообщенным данным; там, где стандартная ошибка неизвестна, изменения могут быть случайными
progress-verdicts = Прогресс: сколько рядов имеют какое заключение
indicator-and-rule = Показатель и правило
series-judged = Оцененные ряды

## Findings of tests adjusted for their number
levels-colon = { $indicator }: женщины { $figure1 }, мужчины { $figure2 }: { $end }
level-of-group = { $value } — { $universe } — { $statement }
level-of-women = { $value } женщин { $statement }
level-of-men = { $value } мужчин { $statement }
level-of-households = { $value } домохозяйств { $statement }
single-intervals = { $indicator }: отдельные интервалы исключают равенство в { $number } из { $figure } групп ({ $groups }), но проверки с поправкой на число рассмотренных групп ({ $figure2 }) не подтверждают ни одного из этих разрывов
single-intervals-reliable = { $indicator }: отдельные интервалы исключают равенство в { $number } из { $figure } групп с надежными данными ({ $groups }), но проверки с поправкой на число рассмотренных групп ({ $figure2 }) не подтверждают ни одного из этих разрывов
intervals-support-none = { $indicator }: интервалы не подтверждают различия между женщинами и мужчинами { $among }
women-behind-men-in = { $indicator }: женщины отстают от мужчин { $among }
men-behind-women-in = { $indicator }: мужчины отстают от женщин { $among }
either-area = ни в одной из местностей ({ $first } или { $rest })
among-either-urban-rural = ни в городской, ни в сельской местности
gaps-run-to = 
    до { $number ->
          [one] { $number } процентного пункта
          [many] { $number } процентных пунктов
          [few] { $number } процентных пунктов
         *[other] { $number } процентного пункта
     }
world-widest-reported = { $start }; наибольший сообщенный разрыв — { $area }, { $by }
world-holds = { $start }; различие подтверждается в { $which } при совместном рассмотрении всех; { $place }
told-of-known = { $number } из { $figure } со стандартными ошибками
world-widest = наибольший разрыв — { $area }, { $by }
world-widest-not-told = наибольший сообщенный разрыв — { $area }, { $by }, и интервалы не показывают, наибольший ли он
multiple-method = Число групп, где отстают женщины или мужчины, группа с наибольшим разрывом и места основаны на проверках с поправкой на число рассматриваемых групп (Холм), поэтому их может быть меньше, чем интервалов, исключающих равенство; каждое предложение — отдельное семейство. Интервалы мест верны для всех групп одновременно (попарные разности по Mogstad, Romano, Shaikh и Wilhelm 2024, метод Холма); группы одного обследования сравниваются по сумме их стандартных ошибок, поскольку их ковариация там неизвестна.

## Comparisons
changes-between-rounds = Изменения между раундами
contrasts-word = контрасты
contrast-word = контраст
contrasts-single = Контрасты отдельных значений
log-ratio = логарифм отношения
lower-gap-without = Здесь чем меньше, тем лучше: разрыв рассчитан по доле женщин и мужчин без признака
bold-two = Полужирный шрифт: отличие от равенства (женщин и мужчин или двух значений) превышает интервал; данные низкой надежности им не выделяются
bold-one = Полужирный шрифт: отличие от равенства превышает интервал; данные низкой надежности им не выделяются
compared-before-rounding = Значения сравниваются до округления
shares-percent-points = Доли — в процентах, их разности — в процентных пунктах
difference-ratio-note = Разность: первый минус второй; отношение: первый ко второму
first-word = первый
second-word = второй
figure-word = значение
result-word = результат
share-who-all = доля тех, кто { $statement }
share-who-women = доля женщин, которые { $statement }
share-who-men = доля мужчин, которые { $statement }
of-women = { $indicator } у женщин
of-men = { $indicator } у мужчин
rose-by = { $what }: рост на { $by }
fell-by = { $what }: снижение на { $by }
no-change-of = интервал не подтверждает изменения: { $what }, { $by }
gap-moved-against = разрыв изменился не в пользу женщин на { $by }
gap-moved-favour = разрыв изменился в пользу женщин на { $by }
no-change-gap = интервал не подтверждает изменения разрыва, { $by }
place-from-to = { $place }, с { $figure1 } по { $figure2 } год: { $end }
change-from-to = изменение с { $figure1 } по { $figure2 } год
change-note = Изменение: { $figure1 } год минус { $figure2 } год; { $rounds }
rounds-shared = у двух раундов общие первичные единицы выборки, и их ковариация учтена
rounds-independent = два раунда — независимые выборки
change-gap-note = Изменение разрыва: выше нуля — не в пользу женщин
against = «{ $first }» в сравнении с «{ $second }»
contrast-note = { $what }; обе группы из одной выборки, и их ковариация учтена
minus = { $first } минус { $second }
over = { $first } / { $second }
minus-over = ({ $first } минус { $second }) / { $third }
ln-over = натуральный логарифм отношения { $first } / { $second }
not-same-change = Обследования измеряют не одно и то же, поэтому различие отчасти объясняется измерением: { $what }
not-same-pool = Объединенные обследования измеряют не одно и то же: { $what }
who-is-covered = кто охвачен
who-in-base = кто входит в базу
which-answers-count = какие ответы считаются наличием признака
which-missing-stay = какие пропуски остаются в базе
how-coded = как кодировались ответы
approximation-word = приближение
as-defined = по определению
no-note = без примечания
not-stating = Исключены те, у кого не указан признак «{ $concept }»
pool-of = Объединение: { $names }
pool-design = объединение независимых выборок; { $weights }
pool-equal = каждое обследование имеет равный вес
pool-population = каждое обследование взвешено по населению, указанному в исследовании
pool-own = собственные веса обследований, страты внутри обследований
pool-populations-fixed = Объединение считает численность населения известной без ошибки.
pool-method = Объединение: значения обследований, умноженные на их размер, деленные на сумму размеров; выборки независимы, у оцененного размера своя дисперсия. Объединенное значение приводится, только если из него не следует скрытое значение обследования
changes-method = Изменения и контрасты: дисперсии разных выборок складываются, число степеней свободы по Саттертуэйту; у значений одной выборки учтена ковариация. Приводятся, только если приведены оба значения
pools-changes-contrasts-b = Объединения, изменения и контрасты

## Methods of other designs and estimators
cannot-be-had = { $place }: нельзя получить, потому что { $why }
approximated-for = { $place }: приближенно: { $proxy }
own-rule = { $place } следует собственному правилу: { $rule }
known-without-error = { $place }: { $population }; численность считается известной без ошибки
quantile-math = Взвешенный квантиль: наименьшее значение, которого не превышает доля { $figure } или более базы ({ $who })
quantile-rule = Взвешенный квантиль вероятности { $figure } по базе ({ $who }), правило { $name } (Hyndman и Fan 1996, с переносом на веса)
quantile-variance = Его дисперсия — дисперсия квантилей при репликационных весах
quantile-woodruff = Его интервал — по Вудраффу: { $share } для доли не выше него, обращенный; стандартная ошибка — половина ширины интервала, деленная на t
the-t-interval = t-интервал
the-method-interval = интервал { $name }
weighted-share-b = Взвешенная доля: веса учтенных ({ $who }) к весам базы
weighted-mean-b = Взвешенное среднее по базе ({ $who })
variance-is-both = по линеаризованным значениям между первичными единицами выборки каждой страты или, если у обследования есть репликационные веса, по данным при этих весах
weights-only = { $place }: в файле не указаны кластеры, поэтому стандартные ошибки отражают только влияние неравных весов
df-where-replicated = { $df }; если у обследования есть репликационные веса, { $rank }
arcsine-root = арксинус квадратного корня
likelihood-scaled = профильное правдоподобие с поправкой на эффект плана выборки
lonely-fail = страта с одной единицей останавливает расчет
lonely-remove = страта с одной единицей не вносит дисперсии
lonely-certain = страта с одной единицей отобрана с достоверностью
lonely-centred = страта с одной единицей центрируется по среднему всех единиц
lonely-average = страта с одной единицей вносит среднее остальных
lonely-within = { $lonely }, также если одна остается только в группе
taylor-b = линеаризация Тейлора; { $lonely }
replicates-file = репликационные веса файла ({ $kind }, отклонения от { $centre })
replicates-made = репликационные веса, построенные по стратам и единицам ({ $kind }, отклонения от { $centre }); { $lonely }
full-sample = полной выборки
mean-of-replicates = среднего по репликам
brr = сбалансированные повторные реплики
brr-fay = сбалансированные повторные реплики по Фэю
brr-fay-factor = сбалансированные повторные реплики по Фэю с коэффициентом { $figure }
jk1 = метод складного ножа с удалением одной единицы
jk2 = парный метод складного ножа
jkn = стратифицированный метод складного ножа
jkn-delete = стратифицированный метод складного ножа с удалением одной единицы
bootstrap = бутстреп
rao-wu = бутстреп Рао — Ву, реплик: { $number }, начальное число { $figure }
successive = последовательные разности
successive-acs = последовательные разности, как в American Community Survey
own-method = собственный метод обследования
with-scale = { $kind }, масштаб { $figure }
weight-divided = вес { $name }, деленный на { $figure }
weight-column = вес { $name }
weights-fpc = веса из конечных совокупностей
no-weights = без весов
no-strata = без страт
strata-of = страты { $name }
drawn-one-by-one = { $rows }, отобранные по одному
clusters-not-given = кластеры в файле не указаны, поэтому стандартные ошибки отражают только влияние весов без кластеризации; { $rows } считаются отобранными по одному
psu-of = первичные единицы выборки { $name }
numbered-within = пронумерованы внутри страт
finite-population = конечная совокупность { $name }
stage-of = ступень { $figure }: { $what }
units-of = единицы { $name }
own-weights-sexes = У женщин и мужчин собственные веса; данные по обоим полам объединены по численности населения
weights-step = Веса { $step }
fixed-for-rows = { $name1 } равно { $name2 } во всех строках
else-is-no-answer = все остальное = нет ответа
else-is-dont-know = все остальное = не знаю
else-is-refused = все остальное = отказ
else-is-not-applicable = все остальное = не применимо
else-is-not-asked = все остальное = не спрашивалось
everything-else = все остальное = { $name }
from-column-times = { $name1 } из столбца { $name2 }, умноженного на { $figure }
from-column-plain = { $name1 } из столбца { $name2 }
from-column-label = { $name1 } из столбца { $name2 } по меткам: { $codes }
made-of-bands = { $name1 } состоит из интервалов { $name2 }
counts-how-many = { $name1 } — число тех из { $name2 }, что равны { $name3 }
follows-from = { $name } выводится из других понятий по правилу реестра
weighted-groups = 
    { $name1 } состоит из { $number ->
          [one] { $number } взвешенной группы
         *[other] { $number } взвешенных групп
     } { $name2 }
verdict-both-included = Заключение по набору «{ $set }» (от { $figure } до { $figure2 }, включая границы), применяется к величине «{ $of }» до округления
verdict-from = Заключение по набору «{ $set }» (от { $figure }), применяется к величине «{ $of }» до округления
definition-is = Определение: { $what }
population-of-base = население базы
taken-as-known = { $what }, численность которого считается известной без ошибки: { $population }

## Analyses
analyses = анализ
cases-of = 
    { $number ->
          [one] { $number } невзвешенное наблюдение
          [few] { $number } невзвешенных наблюдения
          [many] { $number } невзвешенных наблюдений
         *[other] { $number } невзвешенного наблюдения
     }
left-out-b = исключено: { $number }, нет ответа или вне групп
design-df = степеней свободы плана выборки: { $figure }
normal-quantiles = квантили нормального распределения
no-result = Нет результата: { $why }
low-reliability-group = 
    Низкая надежность: в одной из групп менее { $number ->
          [one] { $number } невзвешенного наблюдения
         *[other] { $number } невзвешенных наблюдений
     }.
low-reliability-source = Низкая надежность: источник указывает статус U.
withheld-whole-cases = 
    Скрыто полностью: в одной из групп менее { $number ->
          [one] { $number } невзвешенного наблюдения
         *[other] { $number } невзвешенных наблюдений
     }
withheld-whole-derived = Скрыто полностью: основано на группе, скрытой в таблицах
withheld-whole-other = Скрыто полностью: по нему можно вычислить скрытое значение
withheld-marked = Скрытые данные отмечены в таблицах и файлах данных.
withheld-why-untold = Почему скрыт каждый из них, не указано: рядом с числом наблюдений соседних групп это сузило бы то, что скрыто.
withheld-whole-pooled = Скрыто полностью: объединение обследований раскрывает суммы со скрытыми значениями, а это могло бы раскрыть остальные слагаемые
ci-t = Доверительные интервалы { $figure }: значение ± t × стандартная ошибка
p-below = p-значение ниже { $figure }: столь большая статистика была бы редкой при гипотезе «{ $what }». Это говорит в пользу связи в совокупности и не указывает причину
holm-p-below = p-значение с поправкой Холма ниже { $figure }: столь большая статистика была бы редкой при гипотезе «{ $what }». Это говорит в пользу связи в совокупности и не указывает причину
p-not-below = p-значение не ниже { $figure }: выборка не отличает это от гипотезы «{ $what }», но и не доказывает, что имеет место { $whether }
holm-p-not-below = p-значение с поправкой Холма не ниже { $figure }: выборка не отличает это от гипотезы «{ $what }», но и не доказывает, что имеет место { $whether }
p-not-below-difference = p-значение не ниже { $figure }: выборка не отличает это от отсутствия различия, но и не доказывает, что различия нет
holm-p-not-below-difference = p-значение с поправкой Холма не ниже { $figure }: выборка не отличает это от отсутствия различия, но и не доказывает, что различия нет
independence = независимость
no-difference = отсутствие различия
none-word = никакие
tests-holm = В исследовании проверок: { $number }; p (Холм) скорректировано на все (Holm 1979)
one-test = Одна проверка в исследовании: поправки на множественность нет
coefficients-note = Коэффициенты — связи с результатом при данных прочих членах, а не эффекты; их p-значения не скорректированы на число коэффициентов
term-word = член
part-word = часть
by-word = по признаку
coefficient = коэффициент
per-cent-or-own = Проценты или собственная единица
per-cent-or-points = Проценты или процентные пункты
variance-word = дисперсия
odds-ratio = отношение шансов
numerator-df = ст. св. числителя
denominator-df = ст. св. знаменателя
df-word = ст. св.
p-word = p
p-holm = p (Холм)
share-of-gap = Доля разрыва, проценты
variance-imputation = Дисперсия из-за импутации, проценты
no-case = нет наблюдений
cannot-of-cases = нельзя получить по этим наблюдениям
title-independence = { $indicator }: независимость от: { $what }
title-difference-by = { $indicator }: различие по признаку: { $what }
title-difference-from = { $indicator }: отличие от { $figure }
title-logistic = { $indicator }: логистическая регрессия на: { $what }
title-linear = { $indicator }: линейная регрессия на: { $what }
title-gap-by = { $indicator }: разрыв между женщинами и мужчинами по признаку: { $what }
title-standardised = { $indicator }, стандартизация по признаку: { $what }
title-by-standardised = { $indicator } по признаку: { $by }, стандартизация по признаку: { $what }
title-by = { $indicator } по признаку: { $what }
title-variance = { $indicator }: дисперсия
title-variance-by = { $indicator }: дисперсия по признаку: { $what }
only-rows-with = Только строки, где { $what }; все единицы выборки остаются в дисперсии
concept-is = «{ $what }» = «{ $code }»
gap-men-minus-women = Разрыв, мужчины минус женщины
gap-men-minus-women-of = Разрыв, мужчины минус женщины: { $what }
rate-of-women = доля среди женщин
rate-of-men = доля среди мужчин
goes-with-composition = Связано с составом
goes-with-rates = Связано с долями в одной и той же группе
three-composition = Три части: состав
three-rates = Три части: доли
three-interaction = Три части: взаимодействие
gap-includes-zero = Интервал разрыва включает 0, поэтому его доли не приводятся: это было бы деление на, возможно, нулевое число
all-complement = Чем меньше, тем лучше: все значения — для дополнения, 1 минус доля
parts-describe = Части описывают, с чем связан разрыв, но не объясняют его. Группа, которой нет у одного пола, учитывается только как состав
kitagawa = Разложение Китагавы (1955) разности долей мужчин и женщин на состав и доли, три части по Winsborough и Dickinson (1971); стандартные ошибки линеаризацией с учетом плана выборки
means-together = Доли или средние, оцененные совместно, с ковариацией с учетом плана выборки
linear-method = Взвешенная линейная регрессия; сэндвич-ковариация с учетом плана выборки (Binder 1983), t со степенями свободы плана выборки плюс 1 минус число коэффициентов
logistic-method = Взвешенная логистическая регрессия; коэффициенты — логарифмы отношений шансов, сэндвич-ковариация с учетом плана выборки (Binder 1983), t со степенями свободы плана выборки плюс 1 минус число коэффициентов
is-compared-with = { $what }: сравнение с «{ $code }»
constant-word = константа
rao-scott-1 = Критерий независимости Рао — Скотта первого порядка: X² Пирсона против χ², умноженного на средний эффект плана выборки (Rao и Scott 1984)
rao-scott-2 = Критерий независимости Рао — Скотта второго порядка (Rao и Scott 1984; Thomas и Rao 1987)
wald-test = Критерий независимости Вальда с учетом плана выборки (Koch, Freeman и Freeman 1975)
t-two-means = t-критерий для разности двух средних с учетом плана выборки (svyttest в R); ковариация групп входит в стандартную ошибку
t-one-mean = t-критерий для одного среднего с учетом плана выборки (svyttest в R)
standardised-word = стандартизованный
crude-word = нестандартизованный
standard-composition = Стандарт: состав ({ $what }) всех строк анализа, принятый за известный без ошибки
standardise-method = Прямая стандартизация (Korn и Graubard 1999, §3.7); стандартные ошибки линеаризацией с учетом плана выборки

## Diagnostics of surveys
zero-weight-one = 1 строка имеет вес 0: она не входит ни в одну оценку, но ее первичная единица выборки учитывается.
zero-weight-many = 
    { $number ->
          [one] { $number } строка имеет
          [few] { $number } строки имеют
          [many] { $number } строк имеют
         *[other] { $number } строки имеют
     } вес 0: они не входят ни в одну оценку, но их первичные единицы выборки учитываются.
single-psu-one = В 1 страте только одна первичная единица выборки; { $end }
single-psu-many = Страт с единственной первичной единицей выборки: { $number }; { $end }
group-psu-one = В 1 страте строки этой группы находятся в одной первичной единице выборки; { $end }
group-psu-many = Страт, где строки этой группы находятся в одной первичной единице выборки: { $number }; { $end }
psu-removed-one = она не вносит дисперсии, которая поэтому занижена
psu-removed-many = они не вносят дисперсии, которая поэтому занижена
psu-certain-one = она считается отобранной с достоверностью и не вносит дисперсии
psu-certain-many = они считаются отобранными с достоверностью и не вносят дисперсии
psu-centred-one = она центрируется по среднему всех первичных единиц выборки
psu-centred-many = они центрируются по среднему всех первичных единиц выборки
psu-average-one = она вносит среднюю дисперсию остальных страт
psu-average-many = они вносят среднюю дисперсию остальных страт
fpc-of-one-one = У 1 страты конечная совокупность ровно 1, и ни у одной нет большей: она принимается за долю отбора, так что все единицы считаются отобранными и не добавляют дисперсии.
fpc-of-one-many = Страт с конечной совокупностью ровно 1: { $number }, и ни у одной нет большей: она принимается за долю отбора, так что все единицы считаются отобранными и не добавляют дисперсии.
later-stages-out = Построенные репликационные веса содержат дисперсию только первой ступени: последующие ступени плана выборки не учтены, и стандартные ошибки могут быть занижены.
negative-weight-one = 1 строка имеет отрицательный вес после линейной калибровки (наименьший множитель веса { $figure }): значения малых групп могут выйти за пределы шкалы и тогда отсутствуют.
negative-weight-many = 
    { $number ->
          [one] { $number } строка имеет
          [few] { $number } строки имеют
          [many] { $number } строк имеют
         *[other] { $number } строки имеют
     } отрицательный вес после линейной калибровки (наименьший множитель веса { $figure }): значения малых групп могут выйти за пределы шкалы и тогда отсутствуют.
methods-keep-above = Методы `bounded_linear` и `raking` сохраняют веса выше 0.
no-psu-identified = Данные не определяют первичные единицы выборки: каждая строка считается единицей, и стандартные ошибки не включают эффект кластеризации.
replicates-leave-one = 1 репликационный вес оставляет эту группу без строк; стандартная ошибка основана на остальных.
replicates-leave-many = 
    { $number ->
          [one] { $number } репликационный вес оставляет
          [few] { $number } репликационных веса оставляют
          [many] { $number } репликационных весов оставляют
         *[other] { $number } репликационного веса оставляют
     } эту группу без строк; стандартная ошибка основана на остальных.
every-replicate-leaves = Каждый репликационный вес оставляет эту группу без строк, поэтому стандартная ошибка неизвестна.
nobody-has = Никто в этой группе не имеет признака: стандартная ошибка равна 0, а интервал — точный для данного числа строк.
everybody-has = Все в этой группе имеют признак: стандартная ошибка равна 0, а интервал — точный для данного числа строк.
every-stratum-single = В каждой страте со строками этой группы одна первичная единица выборки, поэтому стандартной ошибки нет.
all-rows-one-psu = Все строки этой группы находятся в одной первичной единице выборки, поэтому стандартная ошибка неизвестна.
single-row = В этой группе одна строка, поэтому стандартная ошибка неизвестна.
replicates-same-calibration = Все репликационные веса дают одно и то же значение, потому что его задает калибровка или потому что они не различаются в этой группе: стандартная ошибка равна 0.
replicates-same = Репликационные веса не различаются в этой группе: все дают одно и то же значение, поэтому стандартная ошибка равна 0.
replicates-multiples = Репликационные веса этой группы кратны друг другу, степеней свободы не остается, поэтому интервала нет.
psu-as-strata = В этой группе первичных единиц выборки столько же, сколько страт, поэтому интервала нет.
open-quantile = Интервал этого квантиля выходит за наименьшее или наибольшее значение, поэтому стандартной ошибки нет.
head-counts-fixed = Численности принимают население за известное без ошибки.
covariance-not-known = Ковариация женщин и мужчин известна не для каждой страны, поэтому у разрыва и производных от него величин нет стандартной ошибки.
countries-independent = Страны — независимые выборки; численность населения принята за известную без ошибки.
complement-compared = Чем меньше, тем лучше: женщины и мужчины сравниваются по дополнению (100 минус доля).
populations-stand-for = Численность населения за { $figure1 } год использована вместо { $figure2 } года.
breakdown-left-out = { $name1 }: нет { $name2 }, поэтому разбивка по признаку { $name3 } для него опущена
cells-changed = { $name } изменен после построения клеток; данные — по клеткам. Постройте их заново, чтобы получить данные файла.
groups-not-countries = относятся к группам или частям стран или бывшим государствам и не используются: агрегаты составляются из стран.
figures-of-what = { $name }: данные { $name2 } ({ $number }) { $what }
unit-jump = { $name }: { $name2 }: значения одного ряда, которые в одном периоде примерно в { $figure } раз больше, чем в соседнем, первое — { $name3 } с { $figure1 } по { $figure2 }; проверьте, не изменилась ли единица измерения
missing-status-value = { $name }: { $name2 }: значения со статусом { $name3 } (отсутствует) не используются
bounds-beyond = { $name }: { $name2 }: границы вне { $figure1 } – { $figure2 } доводятся до края
se-beyond = { $name }: { $name2 }: стандартные ошибки больше шкалы ({ $figure1 } – { $figure2 }) не используются
unit-of-sexes = { $name }: { $name2 }: значения женщин и мужчин, одно из которых примерно в 100 раз больше другого, первое { $name3 } { $name4 }: { $figure1 } и { $figure2 }; проверьте, не дробь ли одно из них
further-than-sex = разбиты подробнее, чем по полу, и не используются.
wider-age-range = относятся к странам и периодам, для которых есть более широкий возрастной диапазон, который и используется.
ages-apart = не указывают возраст или относятся к одному полу, тогда как используются данные по другим возрастам: женщины и мужчины разных возрастов не сравниваются.
sources-apart = относятся к женщинам и мужчинам из разных источников: они показаны, но не дают ни разрыва, ни значения группы.
different-sources = данные о женщинах и мужчинах взяты из разных источников
no-shares-unit = не являются долями и не используются.
number-for-year = имеют число вместо года и не используются.
approximated-some = Для некоторых стран приближенно: { $text }
figures-of-year = Каждая страна — со своими данными за этот год

## Families of indicators
activity-individuals = Деятельность в интернете: лица, которые { $what }
activity-users = Деятельность в интернете: пользователи интернета, которые { $what }
skill-individuals = Навык: лица, которые { $what }
not-using-because = не пользуются интернетом, причина: { $what }
individuals-not-using = Лица, не пользующиеся интернетом: { $what }
no-internet-because = не имеют интернета дома, причина: { $what }
households-without-internet = Домохозяйства без интернета: { $what }
no-account-because = не имеют счета, причина: { $what }
no-mobile-account-because = не имеют счета мобильных денег, причина: { $what }
adults-no-account-because = Взрослые без счета в финансовом учреждении, причина: { $what }
adults-no-mobile-because = Взрослые без счета мобильных денег, причина: { $what }
skills-above-basic-by = Лица с навыками выше базовых: { $what } ({ $name })
skills-basic = Лица по меньшей мере с базовыми навыками: { $what }
have-skills-above = имеют навыки выше базовых: { $what }
have-skills-basic = имеют по меньшей мере базовые навыки: { $what }
have-skills-areas = имеют по меньшей мере базовые навыки в { $number } из 5 областей
individuals-skills-areas = Лица по меньшей мере с базовыми навыками в { $number } из 5 областей (МСЭ)
version-of-institution = { $what } ({ $name })
says-that = называют причину: { $what }
says-that-they = называют причину: { $what }
says-that-members = причина, названная домохозяйством: { $what }
did-one-of-area = выполняли хотя бы одно действие из области: { $what }
did-two-of-area = выполняли два и более действия из области: { $what }
did-three-of-area = выполняли три и более действия из области: { $what }
level-in-areas = по меньшей мере базовый уровень в { $number } из 5 областей
level-in-skill-areas = по меньшей мере базовый уровень в { $number } из 5 областей навыков
skill-level-of = Уровень навыков: { $what } ({ $who })
activities-done = Выполненные действия: { $what }
broadband-per-100 = Абонементы фиксированной широкополосной связи на 100 жителей, { $what }
broadband-faster = Абонементы фиксированной широкополосной связи { $what }
have-broadband = имеют фиксированную широкополосную связь { $what }
population-covered = Население в зоне охвата мобильной сети, не ниже { $name }
live-within-range = живут в зоне действия сети { $name }
lives-within-range = живут в зоне действия мобильной сети не ниже { $name }

## Published figures that cannot be compared, with what their sources say
not-comparable-both = значения за { $figure1 } год ({ $first }; { $name1 }; { $remark1 }) и { $figure2 } год ({ $second }; { $name2 }; { $remark2 }) несопоставимы
not-comparable-first = значения за { $figure1 } год ({ $first }; { $name1 }; { $remark1 }) и { $figure2 } год ({ $second }; { $name2 }) несопоставимы
not-comparable-second = значения за { $figure1 } год ({ $first }; { $name1 }) и { $figure2 } год ({ $second }; { $name2 }; { $remark2 }) несопоставимы
not-comparable-sources = значения за { $figure1 } год ({ $first }; { $name1 }) и { $figure2 } год ({ $second }; { $name2 }) несопоставимы
one-rate-no-se = У доли женщин или мужчин нет стандартной ошибки, поэтому ее нет и у сравнения.
over-time-plain = { $base }, { $unit }; страны с наибольшим числом лет по полу ({ $number }), далее по английскому названию
source-line-quoted = Источник: { $names }.

## Countries, progress and calibration
weights-stated = Страны взвешиваются по числу женщин и мужчин тех возрастов, которые указаны для их данных.
weights-covered = Для долей охвата берется { $ages }.
weights-state-none = Для { $figure1 } из { $number } стран возраст не указан: для взвешивания берется { $ages }, к нему относятся и доли охвата.
ages-defined = { $ages } (по определению показателя)
ages-of-most = { $ages } (с этого возраста начинаются данные наибольшего числа стран)
where-no-ages-stated = Если источник не указывает возраст, берется { $ages }.
persons-of-covered = Численность по группам относится к странам, по которым есть данные; жители остальных стран не учитываются.
rate-of-all-countries = Общая доля: страны, охват
lines-leave-scale = прямые линии женщин и мужчин выходят за пределы от 0 % до 100 % раньше этого срока
gap-closes-before = разрыв сокращается до нуля раньше этого срока и далее не прогнозируется
no-gap-projected = женщины не отстают, поэтому разрыв не прогнозируется
differ-in-ages = данные относятся к разным возрастам и несопоставимы
differ-by-break = источник отмечает разрыв ряда, и данные до и после него несопоставимы
differ-in-source = данные различаются источником, определением или отчетным периодом и несопоставимы
population-includes = Население территории «{ $place1 }» включает население территории «{ $place2 }».
target-year-passed-reason = целевой год { $figure } прошел
sources-by-sex = Источники данных с разбивкой по полу
too-many-missing = более чем у трети стран нет данных, что слишком много для суммы
confidential-reason = источник его не публикует
fixed-by-calibration = Калибровка фиксирует эту величину, поэтому ее стандартная ошибка равна 0.
trend-does-not-reach = тренд не достигает целевого показателя
target-at-an-end = целевой показатель — край шкалы, к которому кривая приближается, но никогда его не достигает
zero-taken-as = от 0 ничто не может расти; вместо него взято { $figure }
thresholds-of-parity = Пороги отношений паритета: { $set }. Паритет — это отношение от { $figure1 } до { $figure2 }, а целевой показатель — отклонение { $figure3 } в { $figure4 } году.
off-scale = калибровка дала группе «{ $group }» отрицательные веса и значение вне шкалы; методы `bounded_linear` и `raking` сохраняют веса больше 0
no-model-negative = калибровка дала некоторым строкам отрицательные веса, с которыми модель не оценивается; методы `bounded_linear` и `raking` сохраняют веса больше 0
no-value-because = Нет значения: { $why }
no-standardised-because = Нет стандартизованной доли: { $why }
not-in-standard-one = Группы «{ $group }» нет в стандарте: ее единственное наблюдение не учтено
not-in-standard = Группы «{ $group }» нет в стандарте: ее наблюдения не учтены ({ $number })

## Diagnostics of files of published figures
series-not-read = ряды или категории, которые рецепт не читает
year-outside = год не лежит между 1900 и 2100; проверьте, не дата ли это
dates-for-years = даты приняты за их годы; проверьте, не показаны ли годы в виде дат
values-suppressed = { $name }: { $name2 }: значения со статусом Q (скрытые) не берутся
values-outside = { $name }: { $name2 }: значения вне допустимых пределов ({ $range }) не берутся
figure-or-more = { $figure } и более
more-than-people = { $name }: { $name2 }: более 100 на 100 человек, то есть считаются предметы, а не люди
values-outside-bounds = { $name }: { $name2 }: значения вне собственных границ
group-kept = { $name }: { $name2 } — группа стран: сохранена и не входит в статистику по странам
part-kept = { $name }: { $name2 } — часть страны: сохранена и не входит в статистику по странам
former-kept = { $name }: { $name2 } — территория, которой более нет: сохранена и не входит в статистику по странам
stand-twice = наблюдения, которые стоят дважды с одним значением, считаются один раз; первое: { $what }
identity-of-share = { $name1 }, { $name2 }, { $name3 }, пол { $name4 }, возраст { $name5 }, доля
identity-of = { $name1 }, { $name2 }, { $name3 }, пол { $name4 }, возраст { $name5 }, { $name6 }
none-above-one = { $name }: { $name2 }: ни один из процентов ({ $number }) не больше 1; проверьте, не доли ли это
rows-below-one = 1 строка под таблицей не прочитана
rows-below = 
    { $number ->
         [one] { $number } строка под таблицей не прочитана
         [few] { $number } строки под таблицей не прочитаны
        *[other] { $number } строк под таблицей не прочитано
     }
blank-rows-one = 1 пустая строка между строками пропущена
blank-rows = 
    { $number ->
         [one] { $number } пустая строка между строками пропущена
         [few] { $number } пустые строки между строками пропущены
        *[other] { $number } пустых строк между строками пропущено
     }
unnamed-one = у столбца { $figure } нет имени: 1 его ячейка не прочитана
unnamed-cells = 
    у столбца { $figure } нет имени: { $number ->
         [one] { $number } его ячейка не прочитана
         [few] { $number } его ячейки не прочитаны
        *[other] { $number } его ячеек не прочитано
     }
workbook-has = в книге есть активное содержимое ({ $list }); ему не следовали
external-links = внешние ссылки
macros = макросы
data-connections = подключения к данным
controls = элементы управления
embedded-files = вложенные файлы
values-beside-q = значения рядом со статусом Q (скрыто), которые не используются
values-beside-none = значения рядом со статусом, по которому их нет

## Diagnostics of files of survey rows
grouped-by-quantiles = { $name1 }: группы по взвешенным квантилям { $name2 } (число групп: { $number }), верхние границы { $figure }
same-weight = у каждой строки вес { $figure }, хотя рецепт указывает вес; тот ли это столбец?
unused-row = 1 строка присоединяемого файла { $name } не понадобилась ни одной строке (всего их { $figure })
unused-rows = 
    { $number ->
         [one] { $number } строка присоединяемого файла { $name } не понадобилась
         [few] { $number } строки присоединяемого файла { $name } не понадобились
        *[other] { $number } строк присоединяемого файла { $name } не понадобилось
     } ни одной строке (всего их { $figure })
own-missing-code = код пропуска { $name } самого файла прочитан как: { $what }
missing-not-applicable = не применимо
missing-dont-know = не знаю
missing-not-stated = нет ответа
missing-not-asked = не спрашивалось
column-holds = столбец `{ $name1 }` содержит в { $name2 }: { $kind1 }, а в { $name3 }: { $kind2 }; значения берутся по смыслу, так что 1, 1.0 и 01 равны
column-holds-ids = столбец `{ $name1 }` содержит в { $name2 }: { $kind1 }, а в { $name3 }: { $kind2 }; идентификаторы страт и единиц выборки, заданные текстом, различаются по написанию, так что 1, 1.0 и 01 — три разных
kind-text = текст
kind-decimals = дробные числа ({ $name })
kind-whole = целые числа ({ $name })
rows-left-out = строки исключены: { $why }
rows-no-match = для некоторых строк нет соответствия в { $name1 }; первый ключ: { $name2 }
blank-line-skipped = 1 пустая строка файла между записями пропущена
blank-lines-skipped = 
    { $number ->
         [one] { $number } пустая строка файла между записями пропущена
         [few] { $number } пустые строки файла между записями пропущены
        *[other] { $number } пустых строк файла между записями пропущено
     }
not-in-group-one = 1 строка не относится ни к одной группе признака «{ $concept }» ({ $why }): она учтена только в итогах.
not-in-group-one-code = 1 строка не относится ни к одной группе признака `{ $name }` ({ $why }): она учтена только в итогах.
not-in-group = 
    { $number ->
         [one] { $number } строка не относится
         [few] { $number } строки не относятся
        *[other] { $number } строк не относятся
     } ни к одной группе признака «{ $concept }» ({ $why }): учтено только в итогах.
not-in-group-code = 
    { $number ->
         [one] { $number } строка не относится
         [few] { $number } строки не относятся
        *[other] { $number } строк не относятся
     } ни к одной группе признака `{ $name }` ({ $why }): учтено только в итогах.
not-in-group-some = Некоторые строки не относятся ни к одной группе признака «{ $concept }» ({ $why }): они учтены только в итогах.
not-in-group-some-code = Некоторые строки не относятся ни к одной группе признака `{ $name }` ({ $why }): они учтены только в итогах.
not-applicable-or-asked = не применимо или не спрашивалось
cells-changed-many = { $name } изменены после построения клеток; данные — по клеткам. Постройте их заново, чтобы получить данные файлов.

## Comparisons, disclosure and methods that only some studies have
complement-computed = Чем меньше, тем лучше: разрыв и паритет рассчитаны по дополнению (100 минус доля).
sign-reversed = Чем меньше, тем лучше: разрыв — женщины минус мужчины, так что выше нуля отстают женщины.
women-rate-zero = Доля женщин равна нулю: у отношения нет интервала на логарифмической шкале.
no-df-left = Степеней свободы не остается, поэтому интервала нет.
contrast-has-none = Два значения оценены не вместе, или у одного из них нет стандартной ошибки, поэтому ее нет и у их контраста.
one-third-rule = не менее двух третей населения каждого пола, а для сумм — отсутствие данных не более чем у трети стран (правило одной трети)
value-zero = одно из значений равно 0, а у роста от 0 или до 0 нет темпа
signs-differ = два значения имеют разные знаки, и темпа роста между ними нет
not-above-zero = значение за { $figure } год не больше 0
no-value-there = нет ни одного значения
top-not-told = верх шкалы не указан
target-before-base = целевой год { $figure1 } не позже базового года { $figure2 }
target-passed-last = целевой год { $figure1 } прошел; последнее значение — за { $figure2 }
target-year-passed = целевой год прошел
data-end-in = данные заканчиваются { $figure1 } годом, а прогресс считается с { $figure2 } года
curve-not-fitted = кривую подобрать не удалось
result-not-finite = результат не является конечным числом
goal-passed = Целевой показатель: { $figure1 } к { $figure2 } году ({ $who }), этот год уже прошел; базовый год { $figure3 }
few-df-review = Мало степеней свободы: до публикации значение должен проверить статистик.
extreme-share-review = Доля 0 или 100 процентов: до публикации ее должен проверить статистик.
complement-unreliable = Доля лиц без признака недостаточно надежна для публикации.
disclosure-unaudited = Таблицы этого показателя слишком велики, чтобы установить, что по ним можно вычислить, поэтому скрыто все, кроме общего показателя; запрашивайте меньше разбивок сразу.
two-figures-one-cell = Для этой клетки рассчитаны два разных значения; приведено первое.
persons-in-base = 
    менее { $number ->
          [one] { $number } лица
         *[other] { $number } лиц
     } в базе, с признаком или без него
persons-in-base-zeros = 
    менее { $number ->
          [one] { $number } лица
         *[other] { $number } лиц
     } или ни одного в базе, с признаком или без него
rse-above = относительная стандартная ошибка выше { $figure } %
interval-too-wide = доля, чей 95-процентный интервал Корна — Граубарда не уже { $figure1 } п. п., либо шире { $figure2 } п. п. и превышает долю в { $figure3 } раза, либо основан менее чем на { $number } эффективных наблюдениях
few-respondents-hold = сумма, большая часть которой может приходиться на нескольких респондентов
verdict-to = Заключение по набору «{ $set }» (до { $figure }), применяется к величине «{ $of }» до округления
verdict-no-limits = Заключение по набору «{ $set }», применяется к величине «{ $of }» до округления
run-from-to-unit = от { $figure1 } до { $figure2 } { $unit }
run-to-unit = до { $figure } { $unit }
population-words = { $figure1 } женщин и { $figure2 } мужчин ({ $name })
calibrated-to = { $how } к известным итогам по { $name1 } ({ $name2 })
calibrated-size = { $how } к известной численности населения ({ $name })
calibrated-size-and = { $how } к известной численности населения и к известным итогам по { $name1 } ({ $name2 })
post-stratified = постстратифицированы
raked = приведены итеративной подгонкой
calibrated-linearly = откалиброваны линейно
calibrated-bounded = откалиброваны линейно в заданных границах
calibrated-raking = откалиброваны мультипликативно
calibrated-logit = откалиброваны в заданных границах на шкале логита
by-cases = { $survey }: { $name2 } по случаям: { $cases }
case-gives-no-answer = { $name } → нет ответа
case-gives-dont-know = { $name } → не знаю
case-gives-refused = { $name } → отказ
case-gives-not-applicable = { $name } → не применимо
case-gives-not-asked = { $name } → не спрашивалось
case-gives-code = { $name1 } → { $name2 }
from-column-file = { $name1 } из столбца { $name2 } файла { $name3 }: { $codes }
from-column-file-label = { $name1 } из столбца { $name2 } файла { $name3 } по меткам: { $codes }
from-column-file-plain = { $name1 } из столбца { $name2 } файла { $name3 }
from-column-file-times = { $name1 } из столбца { $name2 } файла { $name3 }, умноженного на { $figure }
is-draft = { $id } — предварительный показатель: { $why }
not-settled-yet = его определение не установлено
pool-nothing = У объединения { $name } нет значений: в его обследованиях нет ничего общего из запрошенного.
change-nothing = У изменения от { $name1 } к { $name2 } нет значений: в его обследованиях нет ничего общего из запрошенного.
contrast-nothing = У контраста { $name } нет значений: в его обследованиях нет ничего общего из запрошенного.
pool-no-breakdown = У объединения { $name1 } нет разбивки по { $name2 }: ее нет у { $name3 }.
replicate-leaves-contrast = 1 репликационный вес оставляет сопоставляемую группу без строк; стандартная ошибка основана на остальных.
replicates-leave-contrast = 
    { $number ->
         [one] { $number } репликационный вес оставляет
         [few] { $number } репликационных веса оставляют
        *[other] { $number } репликационных весов оставляют
     } сопоставляемую группу без строк; стандартная ошибка основана на остальных.
weights-normalised = Веса { $name } в сумме дают число интервью: в объединении они считаются по интервью, а не по населению.
study-uses = в исследовании используются только строки, где `{ $name1 }` = { $name2 }
amount-interval = { $figure1 } { $unit } ({ $figure2 })
amount = { $figure } { $unit }
any-share-makes = значение группы дает любая доля населения
group-needs = для группы нужно { $share }
hours = ч
rank-item = { $area }: место { $figure }
rank-item-interval = { $area }: место { $figure } (от { $lower } до { $upper })
slope-range = наклон { $figure } п. п. в год: { $words }
change-range = изменение { $figure } п. п.: { $words }
composition-word = состав
among-some-urban-rural = в { $number } из { $figure } местностей (городской и сельской)
among-reliable-urban-rural = в { $number } из { $figure } местностей (городской и сельской) с надежными данными

## What a survey cannot give
from-published = он берется из опубликованных данных, а не из строк обследования
describes-other = он описывает: { $what }, а строки { $name }: { $rows }
neither-persons = не лица и не домохозяйства
defined-for-other = он определен для обследований { $name1 }, а { $name2 } — другое
no-numerator-yet = в его определении пока нет числителя
no-column-for = в { $name1 } нет столбца для `{ $name2 }`
never-gives-base = { $name1 } никогда не дает `{ $name2 }` кода, нужного для базы
never-gives-numerator = { $name1 } никогда не дает `{ $name2 }` кода, нужного для числителя
no-quantile-of-two = квантиль женщин и мужчин нельзя получить по двум отдельно взвешенным файлам
no-total-of-two = итог по женщинам и мужчинам нельзя получить по двум отдельно взвешенным файлам
survey-counts-missing-as-no = обследование охватывает возраст 15–49 лет и считает отсутствие ответа за «нет»; см. `{ $id }`
survey-own-missing-rule = обследование охватывает возраст 15–49 лет, и правило для отсутствующих ответов у него свое; см. `{ $id }`
series-code-unchecked = код ряда `{ $name }` и его база не сверены с кодовой книгой 2024 года

## Analyses that lack a part, or have no result
replicate-leaves-analysis = 1 репликационный вес оставляет группу этого анализа без строк; стандартные ошибки основаны на остальных
replicates-leave-analysis = 
    { $number ->
         [one] { $number } репликационный вес оставляет
         [few] { $number } репликационных веса оставляют
        *[other] { $number } репликационных весов оставляют
     } группу этого анализа без строк; стандартные ошибки основаны на остальных
weighted-separately = женщины и мужчины взвешены отдельно, в двух файлах, и это смешало бы их веса; оставьте один пол через `among` или сравните их через `by`
no-case-no-gap = нет наблюдений «{ $group }», поэтому нет и разрыва
imputations-combined = импутации ({ $number }) объединены по правилам Рубина (Rubin 1987), степени свободы по Barnard и Rubin (1999)
imputations = импутаций: { $number }
either-or = { $first } или { $rest }
product-of = { $first } × { $rest }
variance-method = Дисперсия числа в населении, n/(n − 1) · Σw(y − ȳ)²/Σw (svyvar в R; Särndal, Swensson и Wretman 1992, §5.9), в квадрате его единицы
no-group-answer = ни в одной группе нет наблюдения с пригодным ответом
no-case-answer = нет наблюдений с пригодным ответом
fewer-case-no-value = У группы без наблюдений нет значения
fewer-cases-no-value = 
    У группы, где менее { $number ->
         [one] { $number } наблюдения
        *[other] { $number } наблюдений
     }, нет значения
single-unit-no-se = У группы в одной единице выборки нет стандартной ошибки, и матрица ковариаций тогда не записывается
every-replicate-no-se = каждая реплика оставляет одну из групп без строк, поэтому стандартную ошибку определить нельзя
replicate-weights-word = репликационные веса
survey-cannot-give = обследование не дает { $id }: { $why }
survey-has-no = в обследовании нет { $name }
no-case-all-variables = ни у одного наблюдения нет ответов по всем переменным
iterations-end = итерации заканчиваются, как в R, при epsilon { $name }
reference-no-case = у опорной категории «{ $code }» признака { $name } нет наблюдений; выберите другую через `reference`
term-no-code = у члена { $name } нет кодов с наблюдениями, а категории нужны два; уберите его
term-one-code = у члена { $name1 } с наблюдениями только код { $name2 }, а категории нужны два; уберите его
no-case-no-coefficient = Нет наблюдений: { $codes } ({ $what }); коэффициента нет
no-case-in-standard = у группы «{ $group }» нет наблюдений в «{ $stratum }» стандарта, поэтому нет стандартизованной доли
no-group-every-standard = ни у одной группы нет наблюдений во всех группах стандарта
as-it-is = как есть
as-they-are = как есть
standard-source = Стандарт: { $name }; его доли по признаку «{ $what }» считаются известными без ошибки
wald-adjusted = Критерий независимости Вальда с поправкой на малое число степеней свободы (Thomas и Rao 1987)
no-case-test-without = Нет наблюдений: { $codes }; проверка проведена без них
has-not-both = у признака { $name1 } обследования нет одновременно { $name2 } и { $name3 }
no-case-in-group = нет наблюдений в группе «{ $group }»
has-no-value = { $what }: нет значения, так как ни у одной строки домена вес не больше 0 или знаменатель равен 0
the-mean = среднее
mean-of-first = среднее первой группы
mean-of-second = среднее второй группы
the-regression = регрессия
the-table = таблица
the-quantile = квантиль
the-rate-of-women = доля женщин
the-rate-of-men = доля мужчин
rate-of-standard = доля группы { $name } стандарта
variance-of-few = дисперсия менее чем двух строк
t-test-no-df = план выборки не оставляет степеней свободы для проверки; первичных единиц нужно на две больше, чем страт
t-test-no-se = стандартная ошибка равна 0, поэтому у t нет значения: переменная постоянна в группах, ее задает калибровка или план выборки не дает дисперсии
t-test-word = t-критерий
regression-word = регрессия
logistic-regression-word = логистическая регрессия
linear-regression-word = линейная регрессия
independence-test-word = критерий независимости
wald-test-word = критерий независимости Вальда
column-zero = столбец { $name } равен 0 во всех строках домена; уберите эту переменную или категорию
column-combination = столбец { $name } — комбинация предыдущих столбцов в строках домена; уберите его
column-near-combination = столбец { $name } — почти комбинация остальных; уберите его
coefficient-endless = коэффициент { $name } растет без предела: в некоторых строках столбцы полностью разделяют исходы; уберите столбец или объедините его категории
table-needs-two = строк и столбцов таблицы с весом: { $figure1 } и { $figure2 }; для проверки нужно по два
cells-empty-test = слишком много пустых клеток таблицы для проверки; объедините некоторые категории
shares-no-variance = доли таблицы не имеют дисперсии при этом плане выборки
too-few-psus = в плане выборки слишком мало первичных единиц, чтобы различить клетки таблицы; используйте критерий Рао — Скотта
table-no-df = план выборки не оставляет степеней свободы для этой таблицы; объедините некоторые категории
coefficients-no-df = при числе коэффициентов { $number } не остается ни одной из { $figure } степеней свободы плана выборки; используйте меньше столбцов
product-needs = произведению { $name1 } нужно и { $name2 } в модели; добавьте его
