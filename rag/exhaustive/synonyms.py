"""Words that name the same thing in documents, across a few languages."""

from __future__ import annotations

import functools

from rag.exhaustive.folding import fold, root

# Each line is one meaning; a word may stand in several.
_GROUPS = """
deposit; security deposit; kaution; mietkaution; caution; depot de garantie; fianza; deposito; bond; 押金
rent; monthly rent; miete; monatsmiete; kaltmiete; loyer; alquiler; renta; affitto; 租金
salary; wage; pay; earnings; compensation; gehalt; lohn; verdienst; salaire; salario; sueldo; 工资
price; cost; fee; charge; rate; preis; kosten; gebuhr; prix; cout; precio; coste; costo; 价格
total; amount; sum; total amount; amount due; total due; invoice total; grand total; gesamtbetrag; betrag; summe; rechnungsbetrag; endbetrag; montant; importe; monto; suma; 金额; 总计
value; worth; contract value; wert; auftragswert; valeur; valor
budget; haushalt; presupuesto; 预算
revenue; turnover; sales; umsatz; erlos; chiffre d'affaires; ventes; ingresos; 收入
profit; earnings; income; gewinn; benefice; beneficio; ganancia
tenant; lessee; renter; mieter; mieterin; locataire; inquilino; arrendatario; 租客
landlord; lessor; vermieter; vermieterin; bailleur; proprietaire; arrendador; propietario; 房东
customer; client; buyer; purchaser; kunde; kundin; auftraggeber; kaufer; acheteur; cliente; comprador; 客户
supplier; vendor; seller; provider; contractor; lieferant; verkaufer; anbieter; auftragnehmer; fournisseur; vendeur; proveedor; vendedor; 供应商
employee; staff; staff member; worker; mitarbeiter; mitarbeiterin; angestellter; arbeitnehmer; beschaftigter; employe; empleado; trabajador; 员工
employer; arbeitgeber; employeur; empleador; 雇主
author; writer; written by; autor; autorin; verfasser; verfasserin; auteur; autora; 作者
sender; from; absender; expediteur; remitente
recipient; addressee; to; empfanger; destinataire; destinatario
attendee; participant; present; attending; in attendance; teilnehmer; teilnehmende; anwesend; anwesende; participants; presents; asistente; asistentes; participante; 与会者
manager; lead; head; supervisor; leiter; leiterin; responsable; gerente; jefe
owner; eigentumer; inhaber; besitzer; proprietaire; dueno; propietario
patient; patientin; paciente
doctor; physician; arzt; arztin; medecin; medico
pilot; pilotin; pilote; piloto
contract; agreement; vertrag; vereinbarung; contrat; contrato; acuerdo; contratto; 合同
lease; rental agreement; tenancy agreement; rental contract; lease agreement; mietvertrag; bail; contrat de location; contrato de alquiler
invoice; bill; rechnung; facture; factura; fattura; 发票
receipt; quittung; beleg; recu; recibo
offer; quote; quotation; proposal; estimate; angebot; kostenvoranschlag; offre; devis; oferta; presupuesto
order; purchase order; bestellung; auftrag; commande; pedido; 订单
report; bericht; rapport; informe; relazione; 报告
letter; schreiben; brief; lettre; carta; 信
email; mail; e-mail; message; nachricht; courriel; correo; mensaje; 邮件
minutes; meeting; protokoll; sitzung; besprechung; proces-verbal; compte rendu; reunion; acta; 会议
memo; memorandum; note; notice; notiz; vermerk; aktennotiz; nota
cause; because; because of; due to; reason; ursache; grund; wegen; raison; a cause; causa; debido; motivo
accident; crash; incident; collision; unfall; unfalle; vorfall; accidente; incidente; 事故
complaint; claim; beschwerde; reklamation; reclamation; plainte; queja; reclamacion
certificate; zertifikat; zeugnis; bescheinigung; certificat; certificado
policy; insurance policy; police; versicherung; versicherungspolice; assurance; poliza; seguro
project; projekt; vorhaben; projet; proyecto; 项目
car; vehicle; automobile; auto; fahrzeug; wagen; pkw; voiture; vehicule; coche; vehiculo
plane; airplane; aeroplane; aircraft; flugzeug; avion
house; property; premises; building; haus; gebaude; immobilie; maison; immeuble; casa; edificio; inmueble
flat; apartment; unit; wohnung; appartement; apartamento; piso
company; firm; business; corporation; organisation; organization; firma; unternehmen; gesellschaft; societe; entreprise; empresa; compania; sociedad; 公司
person; people; person; name; individual; personen; personne; personnes; persona; personas; 人
city; town; location; place; site; stadt; ort; standort; ville; lieu; ciudad; lugar; localidad; 城市
country; land; staat; pays; pais; 国家
state; location; bundesland; estado; etat
address; anschrift; adresse; direccion; 地址
region; area; district; gebiet; zona
department; division; team; abteilung; bereich; departement; service; departamento; 部门
start; begin; commence; commencement; start date; effective; effective date; valid from; beginn; anfang; mietbeginn; vertragsbeginn; startdatum; debut; inicio; comienzo; 开始
end; expire; expiry; expiration; terminate; termination; end date; expiry date; valid until; ende; ablauf; mietende; vertragsende; enddatum; fin; echeance; vencimiento; 结束
duration; term; length; period; dauer; laufzeit; duree; duracion; plazo; 期限
due; due date; payable; payment due; fallig; falligkeit; zahlbar; echeance; vencimiento
sign; signed; signature; signatory; unterzeichnet; unterschrieben; unterschrift; unterzeichner; signe; signature; signataire; firmado; firma; firmante; 签署
approve; approved; approval; genehmigt; genehmigung; approuve; approbation; aprobado; aprobacion; 批准
reject; rejected; refuse; refused; decline; declined; denied; abgelehnt; zuruckgewiesen; rejete; refuse; rechazado
pay; paid; payment; settled; bezahlt; beglichen; gezahlt; zahlung; paye; regle; paiement; pagado; pago; 支付
unpaid; outstanding; overdue; not paid; offen; unbezahlt; impaye; impagado; pendiente
cancel; cancelled; canceled; cancellation; storniert; gekundigt; annule; cancelado
notice; notice period; kundigungsfrist; preavis; preaviso
vat; tax; sales tax; mehrwertsteuer; mwst; umsatzsteuer; tva; iva
date; dated; day; datum; fecha; 日期
birth; born; date of birth; geburtsdatum; geboren; naissance; nee; nacimiento; nacido
age; alter; years old; edad; 年龄
quantity; number; count; menge; anzahl; stuckzahl; quantite; nombre; cantidad; numero; 数量
weight; gewicht; poids; peso
height; hohe; hauteur; altura
distance; entfernung; strecke; distancia
area; size; floor area; living area; flache; wohnflache; grosse; surface; superficie; tamano; 面积
death; fatality; fatal; killed; died; dead; tod; tot; todesopfer; todlich; getotet; mort; deces; tue; mortel; muerte; muerto; fallecido; mortal
injury; injured; hurt; verletzt; verletzung; verletzte; blesse; blessure; herido; lesion
damage; damaged; schaden; beschadigt; dommage; degat; endommage; dano; danado
language; sprache; langue; idioma
colour; color; farbe; couleur
witness; zeuge; zeugin; temoin; testigo
product; item; article; produkt; artikel; produit; producto; articulo
phone; telephone; tel; mobile; telefon; handy; telefono
job; job title; position; role; occupation; profession; beruf; stelle; poste; puesto; profesion
inspector; auditor; examiner; investigator; prufer; gutachter; inspecteur; inspector
registration; registration number; tail number; licence plate; license plate; kennzeichen; immatriculation; matricula
"""

# What words that compare speak of, where they name nothing themselves: "older than", "cost more".
ASKED_BY = {
    "old": ("age", "date"), "young": ("age", "date"), "alt": ("age", "date"),
    "jung": ("age", "date"), "age": ("age",), "vieux": ("age", "date"), "viejo": ("age", "date"),
    "cost": ("price", "total"), "kostet": ("price", "total"), "kosten": ("price", "total"),
    "coute": ("price", "total"), "cuesta": ("price", "total"), "cuestan": ("price", "total"),
    "coutent": ("price", "total"),
    "expensive": ("price", "total", "rent", "value"), "cheap": ("price", "total", "rent", "value"),
    "teuer": ("price", "total", "rent", "value"), "teuerst": ("price", "total", "rent", "value"),
    "billig": ("price", "total", "rent"), "gunstig": ("price", "total", "rent"),
    "cher": ("price", "total", "rent"), "chere": ("price", "total", "rent"),
    "caro": ("price", "total", "rent"), "cara": ("price", "total", "rent"),
    "barato": ("price", "total", "rent"),
    "long": ("duration",), "short": ("duration",), "lang": ("duration",), "kurz": ("duration",),
    "run": ("duration",), "last": ("duration",), "largo": ("duration",), "corto": ("duration",),
    "earn": ("salary", "revenue"), "make": ("salary", "revenue"), "verdient": ("salary",),
    "verdienen": ("salary",), "gagne": ("salary",), "gagnent": ("salary",), "gana": ("salary",),
    "ganan": ("salary",), "pay": ("rent", "salary", "price", "total"),
    "zahlt": ("rent", "price", "total"), "zahlen": ("rent", "price", "total"),
    "paient": ("rent", "price", "total"), "pagan": ("rent", "price", "total"),
    "weigh": ("weight",), "heavy": ("weight",), "schwer": ("weight",), "wiegt": ("weight",),
    "light": ("weight",), "tall": ("height",), "high": ("height",), "hoch": ("height",),
    "big": ("area", "value"), "large": ("area", "value"), "gross": ("area",), "small": ("area",),
    "klein": ("area",), "grand": ("area",), "grande": ("area",), "far": ("distance",),
    "worth": ("value",), "due": ("due",), "late": ("date",), "recent": ("date",), "new": ("date",),
    "early": ("date",), "neu": ("date",),
}  # fmt: skip


@functools.cache
def _by_root() -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for line in _GROUPS.strip().splitlines():
        phrases = [fold(phrase.strip()) for phrase in line.split(";")]
        for phrase in phrases:
            known = found.setdefault(_key(phrase), [])
            known += [other for other in phrases if other not in known]
    return {key: tuple(phrases) for key, phrases in found.items()}


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(root(word) for word in phrase.split())


def meant_by(phrase: str) -> tuple[str, ...]:
    """`phrase` (folded), then the words that name the same."""
    others = _by_root().get(_key(phrase), ())
    return (phrase, *(other for other in others if other != phrase))
